/** Browsers by what only they say, the ones that also name another first. */
const BROWSERS: readonly (readonly [name: string, sign: RegExp])[] = [
  ['Edge', /Edg(?:A|iOS)?\/(\d+)/],
  ['Opera', /OPR\/(\d+)/],
  ['Samsung Internet', /SamsungBrowser\/(\d+)/],
  ['Firefox', /(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /(?:Chrome|CriOS)\/(\d+)/],
  ['Safari', /Version\/([\d.]+).*Safari/],
];

const SYSTEMS: readonly (readonly [name: string, sign: RegExp])[] = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad|iPod/],
  ['Windows', /Windows/],
  ['macOS', /Macintosh|Mac OS X/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux/],
];

/** Browser and system in a few words, out of the user agent: `Firefox 150 on Linux`. */
export function softwareName(userAgent: string): string {
  const browser = BROWSERS.find(([, sign]) => sign.test(userAgent));
  const version = browser?.[1].exec(userAgent)?.[1] ?? '';
  const system = SYSTEMS.find(([, sign]) => sign.test(userAgent))?.[0];
  const name = browser ? `${browser[0]} ${version}`.trim() : 'a browser';
  return system === undefined ? name : `${name} on ${system}`;
}
