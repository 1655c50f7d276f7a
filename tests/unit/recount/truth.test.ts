import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { classListOf, numberedClasses, parseClassList } from '../../../src/recount/classes.ts';
import { mayBeList } from '../../../src/recount/list.ts';
import { groupProblems, requireSome } from '../../../src/recount/problems.ts';
import { truthOf } from '../../../src/recount/truth.ts';

const setOf = (name: string) =>
  parseClassList(name, readFileSync(`content/labels/${name}.tsv`, 'utf8'));
const TINY = setOf('tiny-imagenet-200');
const IMAGENET = setOf('imagenet-1k');
const LABEL_OF_0 = TINY.classes[0]?.label ?? '';

const truths = (...asked: Parameters<typeof truthOf>) =>
  Object.fromEntries(truthOf(...asked).byPath);
const kinds = (...asked: Parameters<typeof truthOf>) =>
  truthOf(...asked).problems.map(({ kind, path }) => [kind, path]);

describe('folders', () => {
  test('named by WordNet id, by class, by synonym or by index', () => {
    expect(
      truths(
        ['n01443537/a.png', 'val/Goldfish/b.jpg', 'Carassius_auratus/c.webp', '0/d.JPEG'],
        TINY,
      ),
    ).toEqual({
      'n01443537/a.png': 0,
      'val/Goldfish/b.jpg': 0,
      'Carassius_auratus/c.webp': 0,
      '0/d.JPEG': 0,
    });
  });

  test('farther up count, too, but numbers there do not', () => {
    expect(truths(['train/n01443537/images/n01443537_0.JPEG'], TINY)).toEqual({
      'train/n01443537/images/n01443537_0.JPEG': 0,
    });
    expect(kinds(['12/holiday/a.jpg'], TINY)).toEqual([['no-truth', '12/holiday/a.jpg']]);
  });

  test('of ImageNet-V2 are indices', () => {
    expect(truths(['999/abc.jpeg', '10/def.jpeg'], IMAGENET)).toEqual({
      '999/abc.jpeg': 999,
      '10/def.jpeg': 10,
    });
  });

  test('of another set are told', () => {
    expect(kinds(['n01440764/a.JPEG', '200/b.png'], TINY)).toEqual([
      ['other-class', 'n01440764/a.JPEG'],
      ['other-class', '200/b.png'],
    ]);
  });
});

test('a WordNet id in a file’s name is a truth', () => {
  expect(
    truths(['val/ILSVRC2012_val_00000293_n01440764.JPEG', 'n01443537_12.JPEG'], IMAGENET),
  ).toEqual({
    'val/ILSVRC2012_val_00000293_n01440764.JPEG': 0,
    'n01443537_12.JPEG': 1,
  });
});

describe('lists', () => {
  const two = ['val/val_0.JPEG', 'val/val_1.JPEG'];
  const told = { 'val/val_0.JPEG': 0, 'val/val_1.JPEG': 1 };

  test.each([
    [
      'val_annotations.txt',
      'val_0.JPEG\tn01443537\t0\t32\t44\t62\nval_1.JPEG\tn01629819\t1\t2\t3\t4\n',
    ],
    ['val.txt', 'val_0.JPEG 0\nval_1.JPEG 1\n'],
    ['val.txt', 'val/val_0.JPEG n01443537\r\nval/val_1.JPEG n01629819\r\n'],
    ['val.txt', 'val_0.JPEG goldfish\nval_1.JPEG European fire salamander\n'],
    ['truth.csv', 'val_0.JPEG,0\nval_1.JPEG,1\n'],
    ['truth.csv', 'label,file\nn01443537,./val/val_0.JPEG\nn01629819,./val/val_1.JPEG\n'],
    ['truth.csv', 'file;class\nval_0.JPEG;goldfish\nval_1.JPEG;"European fire salamander"\n'],
    [
      'LOC_val_solution.csv',
      'ImageId,PredictionString\nval_0,n01443537 85 1 499 272 \nval_1,n01629819 1 2 3 4\n',
    ],
  ])('%s: %j', (path, text) => {
    const lists = [{ path, text }];
    const { byPath, problems } = truthOf(two, TINY, lists);
    expect(Object.fromEntries(byPath)).toEqual(told);
    expect(problems).toEqual([]);
  });

  test('stand before folders', () => {
    const list = { path: 'truth.csv', text: 'n01443537/a.png,1' };
    expect(truths(['n01443537/a.png', 'n01443537/b.png'], TINY, [list])).toEqual({
      'n01443537/a.png': 1,
      'n01443537/b.png': 0,
    });
  });

  test('with bare names that fit several pictures decide on none', () => {
    const list = { path: 'truth.csv', text: 'a.png,1\nb.png,1' };
    const paths = ['x/a.png', 'y/a.png', 'b.png'];
    expect(truths(paths, TINY, [list])).toEqual({ 'b.png': 1 });
    expect(kinds(paths, TINY, [list])).toEqual([
      ['ambiguous', 'x/a.png'],
      ['ambiguous', 'y/a.png'],
    ]);
  });

  test('of ILSVRC’s own ids need the kit’s table, and get it', () => {
    const paths = ['ILSVRC2012_val_00000001.JPEG', 'ILSVRC2012_val_00000002.JPEG'];
    const ids = { path: 'ILSVRC2012_validation_ground_truth.txt', text: '490\n361\n' };
    const table = { path: 'map_clsloc.txt', text: 'n01751748 490 sea_snake\nn09193705 361 alp\n' };
    const wanting = truthOf(paths, IMAGENET, [ids]);
    expect(wanting.byPath.size).toBe(0);
    expect(wanting.notes[0]).toMatch(/map_clsloc\.txt.*val\.txt/);
    expect(() => {
      requireSome('the folder', { ...wanting, files: 2, classes: 1000 });
    }).toThrow(/map_clsloc\.txt/);
    expect(truths(paths, IMAGENET, [ids, table])).toEqual({
      'ILSVRC2012_val_00000001.JPEG': 65,
      'ILSVRC2012_val_00000002.JPEG': 970,
    });
  });

  test('are told from other texts', () => {
    expect(mayBeList('data/val_annotations.txt')).toBe(true);
    expect(mayBeList('n01443537/n01443537_boxes.txt')).toBe(false);
    expect(mayBeList('wnids.txt')).toBe(false);
    expect(truthOf(two, TINY, [{ path: 'notes.txt', text: '\n' }]).notes[0]).toMatch(/^notes\.txt/);
  });
});

describe('names', () => {
  test('that several classes have are ambiguous', () => {
    const classes = classListOf('mine', ['crane', 'crane', 'Cup']);
    expect(kinds(['crane/a.png'], classes)).toEqual([['ambiguous', 'crane/a.png']]);
    expect(truths(['cup/a.png', '1/a.png'], classes)).toEqual({ 'cup/a.png': 2, '1/a.png': 1 });
  });

  test('of classes that have none are numbers', () => {
    expect(truths(['7/a.png'], numberedClasses(10))).toEqual({ '7/a.png': 7 });
  });
});

describe('what is not counted', () => {
  test('is listed by kind', () => {
    const { problems } = truthOf(
      [
        'n01443537/a.png',
        'b.png',
        'c.png',
        'n01440764/d.png',
        'n01443537/.DS_Store',
        '__MACOSX/n01443537/._a.png',
      ],
      TINY,
    );
    expect(groupProblems(problems).map(({ words }) => words)).toEqual([
      '2 pictures are without a truth.',
      '2 files are no pictures by their names.',
      '1 picture shows a class that the network does not have.',
    ]);
  });

  test('classes without a picture are named', () => {
    const all = TINY.classes.map(({ wnid }) => `${String(wnid)}/a.png`);
    expect(truthOf(all, TINY).notes).toEqual([]);
    expect(truthOf(all.slice(1), TINY).notes).toEqual([
      `One of the network’s 200 classes has no picture: ${LABEL_OF_0}. The accuracy is that of the others.`,
    ]);
    expect(truthOf(all.slice(0, 6), TINY).notes[0]).toMatch(/^194 of the network’s 200 classes/);
  });

  test.each([
    [[], 'nothing holds no files'],
    [['a.txt'], 'None of the files in nothing is a picture'],
    [['a.png', 'b/c.png'], 'Nothing says what the 2 pictures in nothing show'],
    [['a.png'], 'Nothing says what the only picture in nothing shows: put it into a folder'],
    [['n01440764/a.png'], 'another set of classes: the only picture in nothing does not show one'],
    [['n01440764/a.png', 'n01440764/b.png'], 'another set of classes: none of the 2 pictures'],
  ])('leaves %j with a sentence', (paths, sentence) => {
    const truth = truthOf(paths, TINY);
    expect(() => {
      requireSome('nothing', { ...truth, files: paths.length, classes: 200 });
    }).toThrow(sentence);
  });
});
