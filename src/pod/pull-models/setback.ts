/** Why a pull came to nothing: what Ollama says, made fit for a log, whether another try can help, and what the reader can do. */
import { quote } from '../log.ts';

export interface Setback {
  readonly what: string;
  readonly hint: string;
  /** False when only a change of the spec or of the cluster helps. */
  readonly mayPass: boolean;
}

const REASON_LIMIT = 400;

const NETWORK_HINT =
  'the pod must reach the model registry on port 443; what is on the volume is kept, and the next start goes on from there';

/** Errors that stay whatever is tried, by the words of Ollama and of the registry. */
const LASTING: readonly { readonly words: RegExp; readonly hint: string }[] = [
  {
    words: /file does not exist|model .*not found/i,
    hint: 'the registry has no such model or tag: look its name up at https://ollama.com/library',
  },
  { words: /invalid model (?:name|path)/i, hint: 'expected a name such as llama3.2, qwen3:8b or hf.co/owner/model:Q4_K_M' },
  { words: /newer version of ollama/i, hint: 'set spec.ollama.image.tag to a newer version' },
  { words: /unauthorized|access denied|forbidden/i, hint: 'the model is not public, or something on the way to the registry forbids it' },
  {
    words: /no space left on device|not enough (?:disk )?space|disk quota exceeded/i,
    hint: 'raise spec.ollama.storage.sizeLimit, or use a larger claim',
  },
  {
    words: /permission denied|read-only file system/i,
    hint: 'the files on the claim belong to another user: start once with spec.security.podSecurityContext.fsGroupChangePolicy "Always"',
  },
  { words: /x509:|certificate/i, hint: "name your network's certificate authority in spec.security.caBundle" },
  { words: /insecure protocol/i, hint: 'expected a registry that speaks HTTPS' },
];

/** What Ollama itself said went wrong. */
export function ollamaSetback(model: string, error: string): Setback {
  const lasting = LASTING.find(({ words }) => words.test(error));
  return {
    what: `cannot pull model ${quote(model)}: ${quote(withoutSecrets(error).slice(0, REASON_LIMIT))}`,
    hint: lasting?.hint ?? NETWORK_HINT,
    mayPass: lasting === undefined,
  };
}

/** Ollama could not be asked, or went away while it pulled. */
export function connectionSetback(api: string, model: string, problem: string): Setback {
  return {
    what: `cannot pull model ${quote(model)}: Ollama at ${quote(api)} ${problem}`,
    hint: 'look at the log of the container "ollama"; when it was killed for memory, raise spec.ollama.resources.limits.memory',
    mayPass: true,
  };
}

/** Downloads are signed by their query, and a proxy may be named with its password. */
function withoutSecrets(text: string): string {
  return text.replace(/\?[^\s"']+/g, '?...').replace(/\/\/[^\s/@"']+@/g, '//');
}
