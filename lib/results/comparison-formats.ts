import type { Comparison } from '../compare/comparison.ts';
import { printableJson } from '../report/printable-json.ts';
import type { Formats } from './format.ts';

/** Every way in which a comparison is told. */
export const COMPARISON_FORMATS = {
  terminal: {
    to: 'standard output',
    render: async (comparison, { hasColour, columns }) => {
      const { renderComparisonTerminal } = await import('../report/comparison/render-comparison-terminal.ts');
      return renderComparisonTerminal(comparison, hasColour, columns).trimEnd();
    },
  },
  json: {
    to: 'standard output',
    option: { flags: '--json', description: 'print the comparison as JSON' },
    render: async (comparison) => jsonOf(comparison),
  },
  junit: {
    to: 'named file',
    option: { flags: '--junit <file>', description: 'write the gated rows as JUnit XML' },
    render: async (comparison) => {
      const { renderComparisonJunit } = await import('../report/comparison/render-comparison-junit.ts');
      return renderComparisonJunit(comparison);
    },
  },
  comment: {
    to: 'named file',
    option: { flags: '--comment <file>', description: 'write the comparison as a comment for a pull request' },
    render: async (comparison, { links }) => {
      const { renderComparisonComment } = await import('../report/comparison/render-comparison-comment.ts');
      return renderComparisonComment(comparison, links);
    },
  },
  benchmark: {
    to: 'named file',
    option: {
      flags: '--benchmark <file>',
      description: 'write the figures of head as JSON for github-action-benchmark',
    },
    render: async (comparison) => {
      const { renderBenchmarkJson } = await import('../report/comparison/render-benchmark-json.ts');
      return renderBenchmarkJson(comparison);
    },
  },
  annotations: {
    to: 'workflow commands',
    render: async (comparison) => {
      const { renderComparisonAnnotations } = await import('../report/comparison/render-comparison-annotations.ts');
      return renderComparisonAnnotations(comparison).join('\n');
    },
  },
  stepSummary: {
    to: 'step summary',
    render: async (comparison) => {
      const { renderComparisonSummary } = await import('../report/comparison/render-comparison-comment.ts');
      return renderComparisonSummary(comparison);
    },
  },
  data: {
    to: 'results folder',
    file: 'comparison.json',
    content: 'this comparison as data, for programs',
    render: async (comparison) => `${jsonOf(comparison)}\n`,
  },
  markdown: {
    to: 'results folder',
    file: 'comparison.md',
    content: 'this comparison as Markdown, for a pull request or a wiki',
    render: async (comparison) => {
      const { renderMarkdown } = await import('../report/document/render-markdown.ts');
      return renderMarkdown(await documentOf(comparison));
    },
  },
  html: {
    to: 'results folder',
    file: 'comparison.html',
    content: 'this comparison, with charts',
    render: async (comparison) => {
      const { htmlReport } = await import('./html-report.ts');
      return htmlReport(await documentOf(comparison));
    },
  },
} as const satisfies Formats<Comparison>;

function jsonOf(comparison: Comparison): string {
  return printableJson(comparison, 1);
}

async function documentOf(comparison: Comparison) {
  const { comparisonDocument } = await import('../report/comparison/comparison-document.ts');
  return comparisonDocument(comparison);
}
