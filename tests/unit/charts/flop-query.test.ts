import { describe, expect, it } from 'vitest';
import {
  MODES,
  readShown,
  RESOLUTIONS,
  SHOWN,
  shownParameters,
} from '../../../src/charts/flop-breakdown/query.ts';
import { withParameters } from '../../../src/islands/address.ts';
import { COSTS } from '../../../src/regnet/index.ts';

describe('the address of the breakdown', () => {
  it('brings back all that can be shown, and says nothing of what is so unasked', () => {
    expect(withParameters('', shownParameters(SHOWN))).toBe('');
    for (const cost of COSTS)
      for (const mode of MODES)
        for (const resolution of RESOLUTIONS) {
          const shown = { cost, mode, resolution };
          expect(readShown(withParameters('?image=cat', shownParameters(shown)))).toEqual(shown);
        }
  });

  it('passes over what cannot be shown', () => {
    expect(readShown('?count=money&numbers=roman&px=225')).toEqual(SHOWN);
  });
});
