/** What k6 hands to `handleSummary`, as far as it is read here. */
export interface K6Data {
  readonly metrics: Readonly<Record<string, K6Metric | undefined>>;
  readonly setup_data?: unknown;
}

export interface K6Metric {
  readonly values: Readonly<Record<string, number>>;
  readonly thresholds?: Readonly<Record<string, { readonly ok: boolean }>>;
}
