import { describe, expect, it } from 'vitest';
import { editAddress, fileOf, repositoryOf } from '../../../src/components/repository.ts';

describe('the repository', () => {
  it('is what the setting says, and nothing where it says nothing', () => {
    expect(repositoryOf('https://code.example/a/zoo/')).toBe('https://code.example/a/zoo');
    for (const setting of [undefined, '', '/']) expect(repositoryOf(setting)).toBeUndefined();
  });

  it('has a place to edit the file that a page is made from', () => {
    const edit = (file: string) => editAddress('https://code.example/a/zoo', file);
    expect(edit('content/docs/guides/data.mdx')).toBe(
      'https://code.example/a/zoo/edit/main/content/docs/guides/data.mdx',
    );
    expect(edit(fileOf('', '/models/[id]'))).toMatch(/\/src\/pages\/models\/%5Bid%5D\.astro$/);
  });

  it('has pages in files of their own, or of their routes', () => {
    expect(fileOf('content/docs/guides/data.mdx', '/[...slug]')).toBe(
      'content/docs/guides/data.mdx',
    );
    expect([fileOf('', '/'), fileOf('', '/audit')]).toEqual([
      'src/pages/index.astro',
      'src/pages/audit.astro',
    ]);
  });
});
