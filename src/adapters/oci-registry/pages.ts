/** Lists in pages: registries hand them out in pages with links, cut short without a word, or all at once. */
import type { HttpAnswer } from '../http/exchange.ts';
import { isJsonObject, type Json } from '../../lib/json.ts';
import { byCodeUnits } from '../../lib/code-unit-order.ts';
import { RemoteError } from '../remote-error.ts';

/** What registries give at most; more is refused by some. */
const PAGE_SIZE = 1000;
const MOST_PAGES = 1000;
const MOST_TAGS = 200_000;

/** All tags in code-unit order, each once. `page` asks for the list with a query. */
export async function allTags(
  page: (query: URLSearchParams) => Promise<HttpAnswer>,
  registry: string,
  pageSize = PAGE_SIZE,
): Promise<string[]> {
  const tags = new Set<string>();
  let query: URLSearchParams | null = new URLSearchParams({ n: String(pageSize) });
  for (let pages = 0; query !== null; pages += 1) {
    if (pages === MOST_PAGES) throw new RemoteError(registry, `has more than ${MOST_PAGES} pages of tags`);
    const answer = await page(query);
    const before = tags.size;
    const listed = tagsIn(answer.body, registry);
    for (const tag of listed) tags.add(tag);
    if (tags.size > MOST_TAGS) throw new RemoteError(registry, `has more than ${MOST_TAGS} tags`);
    // A page without anything new is the last, whatever it says: else a registry that repeats itself is asked for ever.
    query = tags.size === before ? null : (nextQuery(answer.headers.link) ?? afterLast(listed, pageSize));
  }
  return [...tags].sort(byCodeUnits);
}

function tagsIn(body: Buffer, registry: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    value = null;
  }
  // A repository whose tags are all deleted has null.
  const tags: Json | undefined = isJsonObject(value) ? value['tags'] : undefined;
  if (!isJsonObject(value) || (tags !== undefined && tags !== null && !Array.isArray(tags)))
    throw new RemoteError(registry, 'does not answer with a list of tags');
  return ((tags ?? []) as readonly Json[]).filter((tag) => typeof tag === 'string');
}

/** The query of the next page that a `Link` header names, or null. Only the query of a link counts: a path may lack what a proxy adds to it, and another host would be given our token. */
export function nextQuery(link: string | string[] | undefined): URLSearchParams | null {
  for (const [, target = '', parameters = ''] of String(link ?? '').matchAll(/<([^>]*)>([^<]*)/g)) {
    if (/;\s*rel\s*=\s*"?next"?/i.test(parameters)) return URL.parse(target, 'https://registry.invalid')?.searchParams ?? null;
  }
  return null;
}

/** Some registries cut their list without a link. What follows the last tag is nothing where the list was whole. */
function afterLast(listed: readonly string[], pageSize: number): URLSearchParams | null {
  const last = listed.at(-1);
  return last === undefined ? null : new URLSearchParams({ n: String(pageSize), last });
}
