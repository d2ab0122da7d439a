import * as go from 'k6/x/verdict';
import type { Send } from './call.ts';
import type { OneUser } from './one-user.ts';
import { JourneyReply } from './reply.ts';
import { okOrStop, type Sender, sendFor, settled } from './sender.ts';
import type { Steps } from './steps.ts';

/** Lets Go send what is asked at these steps. */
export function toldToGo(steps: Steps): Steps {
  const plain = [...steps.byId.values()].filter(({ isPlain }) => isPlain);
  steps.inGo = go.stepsOf(plain, JourneyReply.prototype);
  return steps;
}

/**
 * A `send` whose requests Go sends: an interpreter that comes back to a script after the waits of other users is slow at
 * each line of it. Go leaves to the script what is rare: logins, redirects, files, and whatever is wrong with a call.
 */
export function sendInGo(user: OneUser, sender: Sender): Send {
  const { stepOf } = user;
  const send = sendFor(stepOf, sender);
  return go.sendFor({
    user,
    credentials: sender,
    send,
    orStop: send.orStop,
    settled: (endpoint, call, reply) => settled(stepOf(endpoint), call, sender, reply),
    okOrStop,
  });
}
