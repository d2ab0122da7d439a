import { defineEndpoint } from 'k6-verdict';

/** Answers each message with the same. An attempt to open a socket is a request; 101 means that it opened. */
export const echoSocket = defineEndpoint({
  id: 'echo-socket',
  path: '/ws/echo',
  category: 'WebSocket',
  expectedStatuses: [101],
});

export type SocketId = (typeof echoSocket)['id'];
