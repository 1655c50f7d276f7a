/** What a page says of itself to machines, as JSON-LD. https://schema.org */
import type { Model } from '../zoo/models.ts';
import { PAPER } from '../zoo/paper.ts';

/** What is known of the site, with addresses that hold where it is deployed. */
export interface About {
  /** An address of a path below the base. */
  readonly address: (path: string) => string;
  readonly version: string;
  /** Where it is configured. */
  readonly repository: string | undefined;
}

const CONTEXT = 'https://schema.org';
const LICENCE = 'https://spdx.org/licenses/MIT.html';
const CREATOR = { '@type': 'Organization', name: 'The RegNetX model zoo authors' };
const ARTICLE = {
  '@type': 'ScholarlyArticle',
  name: PAPER.title,
  url: PAPER.url,
  sameAs: `https://doi.org/${PAPER.doi}`,
};
const KEYWORDS = ['RegNet', 'RegNetX', 'image classification', 'ImageNet', 'FLOPs', 'accuracy'];

const download = (encodingFormat: string, contentUrl: string) => ({
  '@type': 'DataDownload',
  encodingFormat,
  contentUrl,
});

/** The software that the site is. */
export function softwareOf({ address, version, repository }: About) {
  return {
    '@context': CONTEXT,
    '@type': 'SoftwareSourceCode',
    name: 'The RegNetX model zoo',
    description:
      'A static site that documents the twelve RegNetX image classifiers and runs them in the page, with a checkpoint reader and a command line.',
    url: address(''),
    version,
    license: LICENCE,
    programmingLanguage: 'TypeScript',
    runtimePlatform: ['Node.js', 'WebGL', 'WebAssembly'],
    creator: CREATOR,
    ...(repository !== undefined && { codeRepository: repository }),
  };
}

/** The data of all twelve. */
export function datasetOf({ address, version }: About) {
  return {
    '@context': CONTEXT,
    '@type': 'Dataset',
    '@id': address('api/models.json'),
    name: 'RegNetX: designs, counts and published figures of the twelve variants',
    description:
      'Design parameters, stages, parameters, multiply-adds and activations computed from them, every published accuracy and time with its source, and the known checkpoints of RegNetX-200MF to RegNetX-32GF. Each published figure carries the licence of its source.',
    url: address('guides/data/'),
    version,
    license: LICENCE,
    isAccessibleForFree: true,
    creator: CREATOR,
    citation: ARTICLE,
    keywords: KEYWORDS,
    distribution: [
      download('application/json', address('api/models.json')),
      download('text/csv', address('api/models.csv')),
    ],
  };
}

/** The data of one variant, described as its page is. */
export function variantDatasetOf({ id, name, aliases }: Model, description: string, about: About) {
  const { address, version } = about;
  return {
    '@context': CONTEXT,
    '@type': 'Dataset',
    '@id': address(`api/models/${id}.json`),
    name,
    alternateName: [id, ...aliases],
    description,
    url: address(`models/${id}/`),
    version,
    license: LICENCE,
    isAccessibleForFree: true,
    creator: CREATOR,
    citation: ARTICLE,
    keywords: KEYWORDS,
    isPartOf: { '@id': address('api/models.json') },
    distribution: [download('application/json', address(`api/models/${id}.json`))],
  };
}

/** A document as the text of a script element, which it must not end. */
export const scriptText = (data: object): string => JSON.stringify(data).replaceAll('<', '\\u003c');
