import { readRecordFile } from '../results/record.ts';

// A process of its own, so that nothing but the reading takes memory: says what it took of time and memory.
const file = process.argv[2] ?? '';
const startedAtMs = performance.now();
const { series } = readRecordFile(file);
const seconds = (performance.now() - startedAtMs) / 1000;
console.log(JSON.stringify({ seconds, series: series.length, peakBytes: process.resourceUsage().maxRSS * 1024 }));
