import { describe, expect, test } from 'vitest';
import { parseHubAddress, treeUrlOf, urlOf } from '../../../../src/weights/hub/address.ts';

const PLAIN = { repository: 'timm/regnetx_002.pycls_in1k', revision: 'main', file: null };
const FILE = { ...PLAIN, file: 'model.safetensors' };
const PAGE = 'https://huggingface.co/timm/regnetx_002.pycls_in1k';

test.each([
  ['hf:timm/regnetx_002.pycls_in1k', PLAIN],
  ['  hf:timm/regnetx_002.pycls_in1k/ ', PLAIN],
  ['hf://timm/regnetx_002.pycls_in1k', PLAIN],
  ['hf-hub:timm/regnetx_002.pycls_in1k', PLAIN],
  ['hf_hub:timm/regnetx_002.pycls_in1k', PLAIN],
  ['timm/regnetx_002.pycls_in1k', PLAIN],
  ['hf:timm/regnetx_002.pycls_in1k/model.safetensors', FILE],
  ['timm/regnetx_002.pycls_in1k/model.safetensors', FILE],
  [PAGE, PLAIN],
  [`${PAGE}/`, PLAIN],
  [`${PAGE}?library=timm#top`, PLAIN],
  [`${PAGE}/tree/main`, PLAIN],
  [`${PAGE}/blob/main/model.safetensors`, FILE],
  [`${PAGE}/resolve/main/model.safetensors?download=true`, FILE],
  [`${PAGE}/raw/main/model.safetensors`, FILE],
  ['http://www.huggingface.co/timm/regnetx_002.pycls_in1k', PLAIN],
  ['huggingface.co/timm/regnetx_002.pycls_in1k', PLAIN],
  ['hf.co/timm/regnetx_002.pycls_in1k', PLAIN],
  [
    'hf:me/net@v1.2/a folder/w.pth',
    { repository: 'me/net', revision: 'v1.2', file: 'a folder/w.pth' },
  ],
  [
    'https://huggingface.co/me/net/blob/refs%2Fpr%2F1/a%20folder/w.pth',
    { repository: 'me/net', revision: 'refs/pr/1', file: 'a folder/w.pth' },
  ],
])('%s is read', (text, address) => {
  expect(parseHubAddress(text)).toEqual(address);
});

describe('others are told what to do', () => {
  test.each([
    ['', /Nothing is written there\. Write hf:owner\/name/],
    ['regnetx', /is no address on the hub\. Write hf:owner\/name/],
    ['hf:regnetx', /is no address on the hub/],
    ['hf:me/../etc', /is no address on the hub/],
    ['hf:me/net/../../api', /is no address on the hub/],
    ['hf:me/net@', /is no address on the hub/],
    ['me/net/a//b', /is no address on the hub/],
    ['hf:<script>/x', /is no address on the hub/],
    ['https://huggingface.co/', /is no address on the hub/],
    [`${PAGE}/discussions/1`, /is not the address of a model or of a file/],
    ['https://huggingface.co/datasets/imagenet-1k', /the address of a data set, not of a model/],
    [
      'https://example.org/weights.pth',
      /alone \(its security policy says so\), not to example\.org\. Download/,
    ],
    ['example.org/some/weights.pth', /not to example\.org\. Download the file there yourself/],
    ['https://huggingface.co.evil.example/timm/x', /not to huggingface\.co\.evil\.example/],
    ['https://huggingface.co@evil.example/timm/x', /not to huggingface\.co@evil\.example/],
    ['file:///etc/passwd', /may talk to huggingface\.co alone/],
    ['javascript:alert(1)', /may talk to huggingface\.co alone/],
    ['s3://bucket/w.pth', /not to bucket/],
  ])('%s', (text, sentence) => {
    expect(() => parseHubAddress(text)).toThrow(sentence);
  });
});

test('addresses of the hub are written so that nothing in a name leads elsewhere', () => {
  const address = { repository: 'me/net', revision: 'refs/pr/1', file: null };
  expect(urlOf('https://hub', address, 'a b/w?x#y.pth')).toBe(
    'https://hub/me/net/resolve/refs%2Fpr%2F1/a%20b/w%3Fx%23y.pth',
  );
  expect(treeUrlOf('https://hub', address)).toBe(
    'https://hub/api/models/me/net/tree/refs%2Fpr%2F1?recursive=true',
  );
});
