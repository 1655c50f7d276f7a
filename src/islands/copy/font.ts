/**
 * The site's font as a rule with the file inside, so that a picture looks the same elsewhere; null
 * where it cannot be had (then the picture names common fonts). `family` is a computed list.
 */
export async function embeddedFont(family: string): Promise<string | null> {
  const [first = ''] = family.split(',').map((name) => name.replaceAll(/["']/g, '').trim());
  const rule = fontFaces().find(
    ({ style }) =>
      style.getPropertyValue('font-family').replaceAll(/["']/g, '') === first &&
      style.getPropertyValue('font-style') !== 'italic',
  );
  const source = /url\(["']?([^"')]+)/.exec(rule?.style.getPropertyValue('src') ?? '')?.[1];
  if (!rule || source === undefined) return null;
  try {
    const url = new URL(source, rule.parentStyleSheet?.href ?? document.baseURI);
    const response = await fetch(url, { cache: 'force-cache' });
    if (!response.ok) return null;
    const data = await dataUrl(new Blob([await response.blob()], { type: 'font/woff2' }));
    return `@font-face{font-family:"Figure";font-weight:100 900;src:url(${data}) format("woff2")}`;
  } catch {
    return null;
  }
}

/** The fonts that the page declares, in sheets that it may read. */
function fontFaces(): CSSFontFaceRule[] {
  return [...document.styleSheets].flatMap((sheet) => {
    try {
      return [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule);
    } catch {
      return [];
    }
  });
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      if (typeof reader.result === 'string') resolve(reader.result);
    };
    reader.onerror = () => {
      reject(new Error('The font could not be read.'));
    };
    reader.readAsDataURL(blob);
  });
}
