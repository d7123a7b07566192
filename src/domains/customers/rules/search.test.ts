import { expect, test } from 'vitest';
import { likePattern, searchPieces } from './search.ts';

test.each([
  ['barré théo', ['barré', 'théo']],
  ['06 40 97', ['064097']],
  ['06.40.97', ['064097']],
  ['06 40 dupont 88150', ['0640', 'dupont', '88150']],
  ['  ', []],
  ['jean-paul', ['jean-paul']],
  ['1001', ['1001']],
])('« %s » is looked for as %j', (typed, pieces) => expect(searchPieces(typed)).toEqual(pieces));

test('signs of LIKE are looked for as they are', () => expect(likePattern('50%_\\')).toBe('%50\\%\\_\\\\%'));
