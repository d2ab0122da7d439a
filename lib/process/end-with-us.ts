const endings = new Set<() => void>();

/** Ends at once what would end with this process. */
export function endAll(): void {
  for (const end of endings) end();
}

/** Runs `end` when this process exits. @returns what takes that back */
export function endWithUs(end: () => void): () => void {
  if (endings.size === 0) process.on('exit', endAll);
  endings.add(end);
  return () => {
    endings.delete(end);
    if (endings.size === 0) process.off('exit', endAll);
  };
}
