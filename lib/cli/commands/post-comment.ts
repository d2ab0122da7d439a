import { argument, defineCommand } from './command.ts';
import { COMMAND_HEADING } from './headings.ts';

export const postCommentCommand = defineCommand({
  name: 'post-comment',
  heading: COMMAND_HEADING.report,
  description:
    'write a comment (`--comment` of gate, compare or ab) on the pull request of this workflow run (GitHub Actions)',
  arguments: { file: argument('<file>', 'what --comment wrote') },
  examples: [['post-comment comment.md', 'over the comment of the run before, if there is one']],
  exitCodes: [
    ['0', 'written, or told why not: the gate decides'],
    ['2', 'bad usage, a file that is no comment, or no workflow run'],
  ],
  run: async ({ file }, { terminal, environment }) => {
    const { postComment } = await import('../post-comment.ts');
    return postComment(file, environment, terminal);
  },
});
