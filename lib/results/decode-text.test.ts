import { expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';

const TEXT = '{"name": "Prüfung ✓ 𝄞"}\r\n';
const little = Buffer.from(TEXT, 'utf16le');
const big = Buffer.from(little).swap16();
const marked = (mark: readonly number[], bytes: Buffer) => Buffer.concat([Buffer.from(mark), bytes]);

it.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with its mark', marked([0xef, 0xbb, 0xbf], Buffer.from(TEXT))],
  ['UTF-16 LE with its mark, as PowerShell writes it', marked([0xff, 0xfe], little)],
  ['UTF-16 BE with its mark', marked([0xfe, 0xff], big)],
  ['UTF-16 LE without a mark', little],
  ['UTF-16 BE without a mark', big],
])('%s is read', (_how, bytes) => {
  expect(decodeText(bytes)).toBe(TEXT);
});

it('nothing is nothing', () => {
  expect(decodeText(Buffer.alloc(0))).toBe('');
  expect(decodeText(Buffer.from([0xff, 0xfe]))).toBe('');
});
