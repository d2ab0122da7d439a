import { askGit } from '../../process/ask-git.ts';

/** The release that a checkout is at, as `git describe` names it; undefined where there is no repository. */
export function releaseOf(folder: string | undefined): string | undefined {
  return folder === undefined ? undefined : askGit(folder, 'describe', '--tags', '--always', '--dirty');
}
