import { createServer, type Server } from 'node:http';
import { TRUTH_PATH, type TruthLedger } from './truth.ts';

/** What a request to the truth route is answered, on whichever port it came in. */
export function answerAboutTruth(truth: TruthLedger, method: string): { status: number; body: string } {
  switch (method) {
    case 'GET':
      return { status: 200, body: JSON.stringify(truth.read()) };
    case 'DELETE':
      truth.reset();
      return { status: 204, body: '' };
    default:
      return { status: 405, body: '' };
  }
}

/** A server for the truth alone, which stays when the service is gone and is not among the connections it counts. */
export function createTruthListener(truth: TruthLedger): Server {
  return createServer((request, response) => {
    const { status, body } =
      request.url === TRUTH_PATH ? answerAboutTruth(truth, request.method ?? '') : { status: 404, body: '' };
    // Reads are rare: an idle connection that dies between two of them would only look like a fault.
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
    response.end(body);
  });
}
