import { graphqlOperation } from 'k6-verdict';
import { constantUsers, defineLoadTest, defineSocket, fixedJourneys, journey } from 'k6-verdict/k6';
import { account, session, users } from './accounts.ts';
import { me } from './endpoints.ts';

const graphql = { path: '/graphql', category: 'GraphQL' } as const;
const list = graphqlOperation({
  ...graphql,
  id: 'list',
  operation: 'ListOrders',
  query: 'query ListOrders($first: Int) { orders(first: $first) { id } }',
  variables: { first: 5 },
});
const stats = graphqlOperation({
  ...graphql,
  id: 'stats',
  operation: 'OrderStats',
  query: 'query OrderStats { stats { count } }',
});
/** Answered 200, with `errors`. */
const unknown = graphqlOperation({
  ...graphql,
  id: 'unknown',
  operation: 'Nothing',
  query: 'query Nothing { nothing }',
});
const socket = defineSocket({ id: 'socket', path: '/ws', category: 'Socket' });

/** A session is begun once for each user, and lives over its journeys. */
const look = journey('look', { endpoints: [me], auth: session, data: users }, ({ send, think, row }) => {
  const { user } = send.orStop(me).json<{ user: string }>();
  if (user !== row.username) throw new Error('The cookies are those of another user.');
  think(0.1);
});

const ask = journey('ask', { endpoints: [list, stats, unknown] }, ({ send, think }) => {
  send(list, { variables: { first: 2 } });
  send(stats);
  think(0.05);
  send(unknown);
});

const talk = journey('talk', { endpoints: [socket], auth: account }, async ({ connect, think }) => {
  await connect(socket, {}, async ({ say, hear }) => {
    for (const text of ['one', 'zwei ä']) {
      say(text);
      if ((await hear()) !== text) throw new Error('The echo was another text.');
    }
  });
  think(0.1);
});

const test = defineLoadTest({
  name: 'kinds',
  testId: 'ORDERS-KINDS',
  purpose: 'Are requests of every kind counted as the service counts them?',
  journeys: [look, ask, talk],
  budgets: {
    overall: {},
    everyEndpoint: {},
    endpoints: { login: {}, 'start-session': {}, me: {}, list: {}, stats: {}, unknown: {}, socket: {} },
  },
  // Twenty users in all, as there are rows.
  plans: {
    default: {
      looking: fixedJourneys({ users: 7, journeysPerUser: 5, journey: 'look' }),
      asking: fixedJourneys({ users: 6, journeysPerUser: 5, journey: 'ask' }),
      talking: constantUsers({ users: 7, durationSeconds: 8, journey: 'talk' }),
    },
  },
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
