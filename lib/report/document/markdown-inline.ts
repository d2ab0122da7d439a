import type { Inline, Text } from '../../core/spec/document/blocks.ts';
import { escapeMarkdown } from '../markdown-text.ts';
import { safeLink } from './safe-link.ts';
import { visibleText } from './visible-text.ts';

/** Where a text stands: in code, a pipe is escaped in a table and nowhere else. */
export type Place = 'line' | 'cell';

export function inlineMarkdown(text: Text, place: Place): string {
  const parts = typeof text === 'string' ? [text] : text;
  return parts.map((part) => partMarkdown(part, place)).join('');
}

/** A text that begins a line of its own: `- x` is not a list and `1. x` not item one because a name begins so. */
export function lineMarkdown(text: Text): string {
  return inlineMarkdown(text, 'line')
    .trim()
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2');
}

function partMarkdown(part: Inline, place: Place): string {
  if (typeof part === 'string') return plainMarkdown(part);
  if ('code' in part) return codeMarkdown(part.code, place);
  if ('strong' in part) return strongMarkdown(part.strong);
  if ('judged' in part) return plainMarkdown(part.judged);
  // Markdown has no rows to lead to.
  if (part.link.startsWith('#')) return codeMarkdown(part.text, place);
  const address = safeLink(part.link);
  const text = plainMarkdown(part.text);
  return address === undefined ? text : `[${text}](${linkDestination(address)})`;
}

/** Text from outside that shows as it is, and that GitHub turns into no link, no mention and no formula. */
export function plainMarkdown(text: string): string {
  return escapeMarkdown(visibleText(text))
    .replace(/\$/g, '\\$')
    .replace(/:\/\//g, '\\://')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}\\.`)
    .replace(/@(?=\w)/g, '@<!-- -->')
    .replace(/\\#(?=\d)/g, '\\#<!-- -->')
    .replace(/\bGH-(?=\d)/gi, (prefix) => `${prefix.slice(0, -1)}<!-- -->-`);
}

/** Spaces inside the asterisks would show them. */
function strongMarkdown(text: string): string {
  const [, before = '', inside = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(visibleText(text)) ?? [];
  return inside === '' ? before : `${before}**${plainMarkdown(inside)}**${after}`;
}

function codeMarkdown(text: string, place: Place): string {
  const visible = visibleText(text);
  if (visible.trim() === '') return '';
  const safe = place === 'cell' ? visible.replace(/\|/g, '\\|') : visible;
  const fence = '`'.repeat(longestRunOfBackticks(safe) + 1);
  return fence.length > 1 ? `${fence} ${safe} ${fence}` : `${fence}${safe}${fence}`;
}

export function longestRunOfBackticks(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
}

/** Percent-encodes what could end the address, and keeps an `&lt;` in it from being read as an entity. */
function linkDestination(address: string): string {
  const encode = (character: string) =>
    encodeURIComponent(character).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  return address.replace(/[^\w\-.~:/?#@!$&'+,;=%]/gu, encode).replace(/&/g, '&amp;');
}
