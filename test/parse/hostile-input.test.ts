/** One input of each sort; `npm run e2e:hostile` reads all of them, which takes minutes. */
import { testHostileInputs } from './hostile-children.ts';

testHostileInputs([
  'a file of 100 MB',
  '20,000 documents',
  '20,000 JSON maps',
  '20,000 lists in brackets',
  'a billion laughs',
  'a bomb of merges',
]);
