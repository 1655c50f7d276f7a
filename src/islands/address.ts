import { useEffect } from 'preact/hooks';

/** Browsers refuse more than some hundred changes of the address in ten seconds. */
const ADDRESS_DELAY_MS = 200;

/** Parameters of an address and their values; null where one is not there. */
export type Parameters = Readonly<Record<string, string | null>>;

/** The query of an address with some parameters set or taken out; all others stay as they were written. */
export function withParameters(search: string, own: Parameters): string {
  const others = search
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '' && !(nameIn(part) in own));
  const set = Object.entries(own).flatMap(([name, value]) =>
    value === null
      ? []
      : [new URLSearchParams({ [name]: value }).toString().replaceAll('%2C', ',')],
  );
  const all = [...others, ...set];
  return all.length === 0 ? '' : `?${all.join('&')}`;
}

function nameIn(part: string): string {
  return [...new URLSearchParams(part).keys()][0] ?? '';
}

/** The parameters of a query, which may leave some out: what it leaves out is null. */
export function parametersOf(query: string, names: readonly string[]): Parameters {
  const found = new URLSearchParams(query);
  return Object.fromEntries(names.map((name) => [name, found.get(name)]));
}

/**
 * Keeps the parameters of one figure in the address, from the moment at which it answers, so that a
 * reload and the way back find it as it was. Other figures' parameters stay. `anchor` is where the
 * figure stands on its page.
 */
export function useAddress(own: Parameters, live: boolean, anchor?: string): void {
  const wanted = JSON.stringify(own);
  useEffect(() => {
    if (!live) return;
    const timer = setTimeout(() => {
      const search = withParameters(location.search, own);
      if (search === location.search) return;
      const hash = anchor ?? location.hash;
      history.replaceState(history.state, '', `${location.pathname}${search}${hash}`);
    }, ADDRESS_DELAY_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [live, wanted]);
}
