import type { DataFacts, PickKind } from '../../core/spec/data-facts.ts';

/** Which time a row is wanted for. */
export interface Turn {
  /** The number of the user, from 1, over all machines that send the load. */
  readonly user: number;
  /** Numbers what all users do, from 0, over all machines and streams; no number comes twice, and some may not come. */
  readonly iteration: number;
}

/** Rows that journeys and logins are fed with. */
export interface Data<Row = unknown> {
  readonly name: string;
  readonly pick: PickKind;
  /** Whether no row comes twice. */
  readonly handsOutOnce: boolean;
  /** Undefined in copies of the script that came after the one whose options k6 took: it alone reads the rows. */
  readonly facts: DataFacts | undefined;
  /** @throws Error that names the data, where it is used up */
  readonly rowFor: (turn: Turn) => Row;
  /** A row for the trial: it is not taken from the load. */
  readonly rowForTrial: () => Row;
  /**
   * That there are rows enough, before anything is sent.
   * @param users the most there can be at one time
   * @param iterations as many as there are numbers of turns, where that is known
   * @throws UserError that names the data, how many rows it has, and how many it would take
   */
  readonly expectEnough: (users: number, iterations: number | undefined) => void;
}
