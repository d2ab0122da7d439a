/**
 * Ends the process when nobody needs it any more: on SIGTERM, on Ctrl-C, or when the parent that forked it has gone.
 * A terminal's Ctrl-C reaches the whole process group, so with a parent it is the parent that decides.
 */
export function leaveWhenNotNeeded(): void {
  // Exiting closes every connection at once, which is what is wanted here.
  const leave = () => process.exit(0);
  process.on('SIGTERM', leave);
  if (process.send === undefined) {
    process.on('SIGINT', leave);
    return;
  }
  process.on('SIGINT', () => {});
  process.on('disconnect', leave);
  const parentLeftDuringStart = !process.connected;
  if (parentLeftDuringStart) leave();
}
