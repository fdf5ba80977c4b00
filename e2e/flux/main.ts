/**
 * `npm run e2e:flux`: the code of Flux's kustomize-controller builds the files of every golden case and substitutes variables in
 * them, strictly. What it would apply is what was rendered. Builds that code with Go into a cache the first time; any failure exits 1.
 */
import { report } from '../cluster/report.ts';
import { checkCharacters } from './characters.ts';
import { checkGoldens } from './goldens.ts';
import { checkRepository } from './repository.ts';
import { checkSubstitution } from './substitution.ts';

let failures = await report('substitution', checkSubstitution);
failures += await report('characters', checkCharacters);
failures += await report('golden cases', checkGoldens);
failures += await report('repository', checkRepository);
console.log(failures === 0 ? 'passed' : `${failures} failures`);
process.exitCode = failures === 0 ? 0 : 1;
