/** Names of Ollama's models: `[host[:port]/][namespace/]model[:tag]`, where a host needs a namespace. */

const HOST = String.raw`(?:https://)?\w[\w.:-]{0,349}`;
const NAMESPACE = String.raw`\w[\w-]{0,79}`;
const PART = String.raw`\w[\w.-]{0,79}`;
const NAME = new RegExp(`^(?:(?:(${HOST})/)?${NAMESPACE}/)?${PART}(?::${PART})?$`);

export function isOllamaModelName(text: string): boolean {
  return NAME.test(text);
}

/** The registry that a name asks for, without scheme; null for Ollama's own. */
export function ollamaModelHost(text: string): string | null {
  return NAME.exec(text)?.[1]?.replace(/^https:\/\//, '') ?? null;
}
