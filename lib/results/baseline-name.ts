/** Whether a release can name a file on every system. */
export function isReleaseName(release: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._+-]{0,99}$/.test(release);
}
