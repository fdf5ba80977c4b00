/** From the words of a command line to a request, without the outside world. */
import { readFileSync } from 'node:fs';
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import { SELF_CONFIG_SCHEMA, type SelfConfigRequest } from '../../lib/self-config.ts';
import { Failure } from '../failure.ts';
import { quote } from '../log.ts';

export interface RequestCommand {
  readonly name: string;
  readonly words: readonly string[];
  readonly says: string;
  /** What is asked for, from as many words as `words` has. */
  readonly ask: (...words: readonly string[]) => Omit<SelfConfigRequest, 'schema'>;
}

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

function variable(name: string): string {
  if (!VARIABLE.test(name)) throw new Failure(`${quote(name)} is no name of a variable`, 'letters, digits and "_", no digit first');
  return name;
}

function workspacePath(path: string): string {
  const isBelow = path !== '' && !path.startsWith('/') && !path.split('/').some((part) => part === '..' || part === '.' || part === '');
  if (!isBelow) throw new Failure(`${quote(path)} is no path below the workspace`, 'write it as "notes/today.md"');
  return path;
}

/** The patch itself is not repeated in the message: it may hold anything. */
function patch(text: string): JsonObject {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw new Failure('the patch is not JSON', `for example {"tools": {"exec": {"enabled": false}}}`);
  }
  if (!isJsonObject(value)) throw new Failure('the patch is not an object', `for example {"tools": {"exec": {"enabled": false}}}`);
  return value;
}

export const REQUEST_COMMANDS: readonly RequestCommand[] = [
  { name: 'add-skill', words: ['SKILL'], says: 'install a skill', ask: (skill = '') => ({ addSkills: [skill] }) },
  { name: 'remove-skill', words: ['SKILL'], says: 'remove a skill', ask: (skill = '') => ({ removeSkills: [skill] }) },
  { name: 'config-patch', words: ['JSON'], says: 'merge into the configuration', ask: (text = '') => ({ configPatch: patch(text) }) },
  {
    name: 'add-env',
    words: ['NAME', 'VALUE'],
    says: 'set a variable; its value will stand in Git, so never a secret',
    ask: (name = '', value = '') => ({ addEnvVars: [{ name: variable(name), value }] }),
  },
  { name: 'remove-env', words: ['NAME'], says: 'remove a variable', ask: (name = '') => ({ removeEnvVars: [variable(name)] }) },
  {
    name: 'add-file',
    words: ['PATH', 'TEXT'],
    says: 'seed a workspace file with a text; "-" reads standard input',
    ask: (path = '', text = '') => ({ addWorkspaceFiles: { [workspacePath(path)]: text === '-' ? readFileSync(0, 'utf8') : text } }),
  },
  {
    name: 'remove-file',
    words: ['PATH'],
    says: 'no longer seed a workspace file',
    ask: (path = '') => ({ removeWorkspaceFiles: [workspacePath(path)] }),
  },
];

/** The request that a command line asks for; null when its first word is no command that asks. Throws a Failure on wrong words. */
export function requestOf([name, ...words]: readonly string[]): SelfConfigRequest | null {
  const command = REQUEST_COMMANDS.find((known) => known.name === name);
  if (command === undefined) return null;
  if (words.length !== command.words.length || words[0] === '')
    throw new Failure(`found ${words.length} words after ${command.name}, expected ${command.words.join(' ')}`);
  return { schema: SELF_CONFIG_SCHEMA, ...command.ask(...words) };
}
