/** Cards, structured data, and anchors: what a finished page has for others than its readers. */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { cardOf } from '../../../src/site/card/contents.ts';
import { cardPainter } from '../../../src/site/card/index.ts';
import { CARD } from '../../../src/site/card/layout.ts';
import { withAnchors } from '../../../src/site/pages.ts';
import * as structured from '../../../src/site/structured-data.ts';
import { models, modelOf } from '../../../src/zoo/models.ts';
import { PAPER } from '../../../src/zoo/paper.ts';

const page = (path: string) => ({ path, title: 'A <title> & more', description: 'What it is.' });

describe('the card of a page', () => {
  it('shows a variant with its staircase, one bar a block, and its key figures', () => {
    for (const { id, design } of models) {
      const { bars, figures } = cardOf(page(`models/${id}`));
      expect(bars).toHaveLength(design.depth);
      expect(figures.map(([, of]) => of)).toContain('parameters');
    }
    expect(cardOf(page('models/regnetx_002')).figures[0]?.[0]).toBe('2.68\u00a0M');
  });

  it('shows the whole family for any other page', () => {
    const { bars, figures } = cardOf(page('guides/counts'));
    expect(bars).toHaveLength(models.reduce((sum, { design }) => sum + design.depth, 0));
    expect(figures).toEqual([]);
  });

  it('is a PNG of 1200 x 630, the same each time', async () => {
    const paint = await cardPainter();
    const card = await paint(page('models/regnetx_320'));
    expect(await sharp(card).metadata()).toMatchObject({ format: 'png', ...CARD });
    expect(card.equals(await paint(page('models/regnetx_320')))).toBe(true);
    expect(card.equals(await paint(page('models/regnetx_160')))).toBe(false);
  });
});

describe('structured data', () => {
  const about = {
    address: (path: string) => `https://zoo.example/${path}`,
    version: '1.2.3',
    repository: undefined,
  };

  it('names the repository only where there is one', () => {
    expect(structured.softwareOf(about)).not.toHaveProperty('codeRepository');
    const repository = 'https://code.example/zoo';
    expect(structured.softwareOf({ ...about, repository }).codeRepository).toBe(repository);
  });

  it('cites the paper as CITATION.cff does', () => {
    expect(structured.datasetOf(about).citation).toMatchObject({
      url: PAPER.url,
      sameAs: `https://doi.org/${PAPER.doi}`,
    });
    const cff = readFileSync('CITATION.cff', 'utf8');
    for (const line of [`title: ${PAPER.title}`, `url: ${PAPER.url}`, `doi: ${PAPER.doi}`])
      expect(cff).toMatch(new RegExp(`^ .*${line}$`, 'm'));
  });

  it('makes a variant a part of the data, under all its names', () => {
    const model = modelOf('regnetx_004');
    const data = structured.variantDatasetOf(model, 'D', about);
    expect(data.isPartOf['@id']).toBe(structured.datasetOf(about)['@id']);
    expect(data.alternateName).toEqual(['regnetx_004', ...model.aliases]);
  });

  it('cannot end the element that holds it', () => {
    const text = structured.scriptText({ name: '</script><b>' });
    expect(text).not.toContain('<');
    expect(JSON.parse(text)).toEqual({ name: '</script><b>' });
  });
});

describe('anchors', () => {
  it('are the headings of our own pages that have an id, but for islands', () => {
    const island = '<astro-island><h2 id="c">C</h2></astro-island>';
    expect(withAnchors(`<div class="rx-page"><h2 id="a">A</h2><h3>B</h3>${island}`)).toBe(
      `<div class="rx-page"><h2 id="a"><a class="rx-anchor" href="#a">A</a></h2><h3>B</h3>${island}`,
    );
    expect(withAnchors('<h2 id="a">A</h2>')).toBe('<h2 id="a">A</h2>');
  });
});

it('the citation file has the version of the package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(readFileSync('CITATION.cff', 'utf8')).toContain(`\nversion: ${version}\n`);
});
