import { check } from 'k6';
import { Counter, Rate, Trend } from 'k6/metrics';
import ws from 'k6/ws';

// As featbit-load-testing: nothing but sockets, their latency measured by hand, a limit per step, a page as report.
const url = `${__ENV.WS_URL}/streaming?type=client`;
const synced = new Trend('data_sync_latency', true);
const messages = new Counter('messages_received');
const failed = new Rate('failed_connections');

export const options = {
  scenarios: {
    connections: { executor: 'ramping-vus', stages: [{ duration: '1s', target: 5 }], gracefulRampDown: '5s' },
  },
  thresholds: {
    ws_connecting: ['p(95)<5000'],
    'data_sync_latency{step:ping}': ['p(99)<5000'],
    failed_connections: ['rate<0.01'],
    ws_sessions: ['count>0'],
  },
};

export default function () {
  const reply = ws.connect(url, { tags: { step: 'connect' } }, (socket) => {
    let sentAt = 0;
    socket.on('open', () => {
      sentAt = Date.now();
      socket.send(JSON.stringify({ messageType: 'ping', data: null }));
    });
    socket.on('message', (text) => {
      messages.add(1);
      synced.add(Date.now() - sentAt, { step: 'ping' });
      check(text, { 'the ping came back': (message) => JSON.parse(message).messageType === 'ping' });
      socket.setTimeout(() => socket.close(), 300);
    });
  });
  failed.add(!check(reply, { connected: (r) => r?.status === 101 }));
}

export function handleSummary({ metrics }) {
  const count = metrics.messages_received.values.count;
  return { 'fea-index.html': `<!doctype html><title>FeatBit</title><p>${count} messages` };
}
