// What k6's runtime has and neither the es2023 library nor @types/k6 declares.
declare const __VU: number;
declare const __ITER: number;
declare const __ENV: Readonly<Record<string, string | undefined>>;
declare const console: { log(text: string): void };
declare function setTimeout(action: () => void, ms: number): number;
declare function clearTimeout(timer: number): void;
declare function setInterval(action: () => void, ms: number): number;
declare function clearInterval(timer: number): void;

/** Set where the script is bundled for the users of a test: what only k6 itself reads is left out there. */
declare const IS_COPY_OF_USER: true | undefined;
