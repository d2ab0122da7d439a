import { defineEndpoints } from 'k6-verdict';
import { endpoints } from './index.ts';
import { shopEndpoints } from './shop.ts';

/** Everything that the reference service answers over HTTP. */
export const servedEndpoints = defineEndpoints([...endpoints, ...shopEndpoints]);

export type ServedId = (typeof servedEndpoints)[number]['id'];
