import type { BuildOptions } from 'esbuild';

export declare const TOOL_BUILD: BuildOptions & { readonly banner: { readonly js: string } };
export declare function builtTool(root?: string): Promise<string>;
