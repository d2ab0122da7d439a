/** The long simulation of the comparison procedure, some minutes: `npm run test:simulation -- [comparisons]`. */
import { exactInterval } from '../../compare/distributions.ts';
import { failedShare } from '../../compare/simulate.ts';

const trials = Number(process.argv[2] ?? 2000);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const line = (what: string, count: number) => {
  const [low, high] = exactInterval(count, trials);
  console.log(
    `${what}: ${count} of ${trials} (${percent(count / trials)}, 95 % interval ${percent(low)} to ${percent(high)})`,
  );
};

console.log(
  '20 endpoints, noise of a run 2 % and of an endpoint in it 3 %, 5 pairs and 5 more where something is open:',
);
const none = failedShare(0, trials, 11);
line('nothing changed, and the gate failed', none.failed);
const withOneSlower = (change: number) => {
  const { found, pairs } = failedShare(change, trials, 12 + change);
  line(`one endpoint ${100 * change} % slower, and it was called regressed`, found);
  console.log(`  with ${((2 * pairs) / trials).toFixed(1)} runs on average`);
  return found;
};
withOneSlower(0.1);
const foundOfTwentyPercent = withOneSlower(0.2);
const failsTooOften = exactInterval(none.failed, trials)[0] > 0.05;
const missesTooOften = foundOfTwentyPercent <= 0.95 * trials;
process.exitCode = failsTooOften || missesTooOften ? 1 : 0;
