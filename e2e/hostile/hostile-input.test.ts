/** Every hostile input: minutes of work, and so apart from `npm test`. */
import { testHostileInputs } from '../../test/parse/hostile-children.ts';
import { HOSTILE_INPUTS } from '../../test/parse/hostile-inputs.ts';

testHostileInputs(Object.keys(HOSTILE_INPUTS));
