import { visibleText } from './visible-text.ts';

/** Makes the ids of headings: the same texts in the same order get the same ids, and no two the same. */
export function slugMaker(): (text: string) => string {
  const used = new Set<string>();
  return (text) => {
    const base = slug(text);
    let id = base;
    for (let i = 2; used.has(id); i += 1) id = `${base}-${i}`;
    used.add(id);
    return id;
  };
}

function slug(text: string): string {
  const words = visibleText(text)
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return words?.join('-').slice(0, 60) ?? 'section';
}
