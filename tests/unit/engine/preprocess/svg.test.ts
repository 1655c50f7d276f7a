import { describe, expect, test } from 'vitest';
import { kindOfPicture } from '../../../../src/engine/preprocess/kind.ts';
import { decodeXml, isSvg, sized } from '../../../../src/engine/preprocess/svg.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const NS = 'xmlns="http://www.w3.org/2000/svg"';

describe('an SVG is known', () => {
  test.each([
    ['plain', `<svg ${NS}/>`, true],
    ['behind a prolog', `\ufeff<?xml version="1.0"?>\n<!-- <html> -->\n<svg ${NS}></svg>`, true],
    ['behind entities', `<!DOCTYPE svg [<!ENTITY a "b">]>\n<svg ${NS}>`, true],
    ['with a prefix', '<svg:svg xmlns:svg="http://www.w3.org/2000/svg"/>', true],
    ['not in a web page', `<!doctype html><body><svg ${NS}/>`, false],
    ['not by a longer name', '<svgfont/>', false],
    ['not in text', 'an <svg> element', false],
  ])('%s', (_, text, is) => {
    expect(isSvg(bytes(text))).toBe(is);
    expect(kindOfPicture(bytes(text))?.name === 'SVG').toBe(is);
  });
});

describe('its size is', () => {
  const sizeOf = (attributes: string) => {
    const document = sized(`<svg ${NS} ${attributes}><rect/></svg>`);
    return typeof document === 'string' ? document : [document.width, document.height];
  };
  test.each([
    ['given', 'width="100" height="50"', [1280, 640]],
    ['given in units', "width='2in' height='96px' viewBox='0 0 9 9'", [1280, 640]],
    ['that of its box', 'viewBox="0 0 20 10"', [1280, 640]],
    ['half of it given', 'width="40" viewBox="0,0,20,10"', [1280, 640]],
    ['that of its box for shares', 'width="100%" height="100%" viewBox="0 0 10 20"', [640, 1280]],
    ['the usual where nothing tells', '', [1280, 640]],
    ['bounded', 'width="100000" height="10"', [2048, 1]],
    ['none', 'width="0" height="10"', 'empty'],
  ])('%s', (_, attributes, size) => {
    expect(sizeOf(attributes)).toEqual(size);
  });

  test('written down once, with a box, and the rest is as it was', () => {
    const document = sized(
      `<?xml version="1.0" encoding="latin1"?><!DOCTYPE svg><svg ${NS} style="fill:red" stroke-width="2" width="8" height='4'><g width="1"/></svg>`,
    );
    expect(document).toMatchObject({
      source: `<!DOCTYPE svg><svg width="1280" height="640" viewBox="0 0 8 4" ${NS} style="fill:red" stroke-width="2"><g width="1"/></svg>`,
    });
    expect(sized('<svg width="8"')).toBe('damaged');
  });
});

test('XML is read in the encoding that it has', () => {
  const declared = '<?xml version="1.0" encoding="ISO-8859-1"?><svg>é</svg>';
  expect(decodeXml(Uint8Array.from(declared, (c) => c.charCodeAt(0)))).toBe(declared);
  const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from('<svg/>', 'utf16le')]);
  expect(decodeXml(utf16)).toBe('<svg/>');
  expect(isSvg(utf16)).toBe(true);
});

test.each([
  ['HEIC', '\0\0\0\x18ftypheic'],
  ['HEIC', '\0\0\0\x18ftypmif1\0\0\0\0mif1heic'],
  ['AVIF', '\0\0\0\x1cftypavif'],
  ['film', '\0\0\0\x18ftypisom'],
  ['JPEG XL', '\0\0\0\x0cJXL \r\n\x87\n'],
  ['TIFF or camera raw', 'II*\0'],
  ['PDF', '%PDF-1.7'],
  ['JPEG', '\xff\xd8\xff\xe0'],
  ['WebP', 'RIFF....WEBPVP8 '],
])('%s is called by its name', (name, start) => {
  const head = Uint8Array.from(start.padEnd(40, '\0'), (c) => c.charCodeAt(0));
  expect(kindOfPicture(head)?.name).toBe(name);
});
