import { defineEndpoint } from 'k6-verdict';
import { constantUsers, defineAuth, defineData, defineLoadTest, environmentVariable, journey } from 'k6-verdict/k6';

const inside = defineEndpoint({ id: 'inside', path: '/inside', category: 'Members' });

const members = defineData('members', { csv: './users.csv', columns: ['username'] });
const account = defineAuth({
  kind: 'basic',
  data: members,
  username: ({ username }) => username,
  password: environmentVariable('MEMBERS_PASSWORD'),
});

const enter = journey('enter', { endpoints: [inside], auth: account }, ({ send }) => {
  send(inside);
});

export const { options, setup, teardown, handleSummary, iterate } = defineLoadTest({
  name: 'members',
  testId: 'MEMBERS',
  purpose: 'Does each member get in?',
  journeys: [enter],
  budgets: { overall: { successShare: 1 }, everyEndpoint: {}, endpoints: { inside: { okReplies: 1 } } },
  plans: { default: { users: constantUsers({ users: 2, durationSeconds: 2, thinkTimeSeconds: 0.05 }) } },
});

export default iterate;
