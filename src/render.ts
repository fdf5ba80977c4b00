/**
 * The renderer, read from top to bottom:
 *
 *   parse → classify → check schema → cluster defaults → resolve → rules → compose → harden → build → hash → order → write
 *
 * Everything is parsed and judged first, so that a refusal prints nothing; then one instance after the other is composed, built
 * and handed out, so that memory does not grow with their number. Pure: the same files and options give the same objects.
 */
import { compose } from './compose/compose.ts';
import type { Plan } from './compose/plan.ts';
import { planImages } from './compose/plan-images.ts';
import { hasErrors, type Diagnostic, type Location } from './diagnostics/diagnostic.ts';
import { sortDiagnostics } from './diagnostics/sort.ts';
import { features } from './features/index.ts';
import { build } from './kinds/index.ts';
import type { KubeObject } from './kube/types.ts';
import type { JsonObject } from './lib/json.ts';
import { memoOfFew } from './lib/memo-of-few.ts';
import { managedNamespaces, type ManagedNamespace } from './namespaces/managed-namespaces.ts';
import { canonical } from './output/canonical.ts';
import type { ManifestGroup } from './output/directory.ts';
import { keptFromSubstitution } from './output/flux-substitution.ts';
import { hashed } from './output/hash.ts';
import { ordered } from './output/kind-order.ts';
import { withoutMissing } from './output/optional-kinds.ts';
import { classify } from './parse/classify.ts';
import { parseSources } from './parse/parse.ts';
import { wholeFile } from './parse/problem.ts';
import type { SourceFile, SourceObject } from './parse/source.ts';
import { companionsOf, type Companions } from './resolve/companions.ts';
import { byNamespaceAndName, clusterDefaultsOf, instanceOf, type Instance } from './resolve/instance.ts';
import { lockOf, type Lock } from './resolve/lock.ts';
import { packageUses, type PackageUses } from './resolve/package-uses.ts';
import { resolve, type ResolveOptions } from './resolve/resolve.ts';
import type { Resolved } from './resolve/resolved.ts';
import { checkInput } from './validate/check-input.ts';
import { checkLock, SETTLED_BY_LOCK, type UnpinnedImage } from './validate/check-lock.ts';
import { checkNamespaces } from './validate/check-namespaces.ts';
import { checkPacks } from './validate/check-packs.ts';
import { checkRules } from './validate/check-rules.ts';
import { checkSchema } from './validate/schema.ts';

export interface RenderOptions extends ResolveOptions {
  /** Namespace of instances that name none. */
  readonly namespace?: string | undefined;
  /** Makes every warning an error. */
  readonly strict?: boolean | undefined;
  /** Accepts input without any instance. */
  readonly allowEmpty?: boolean | undefined;
}

/** What has been read, by `parseSources` or elsewhere. */
export interface ReadInput {
  readonly objects: readonly SourceObject[];
  readonly diagnostics: readonly Diagnostic[];
  /** Where what concerns all of it is told. */
  readonly wholeInput: Location;
}

export interface RenderResult {
  /** Everything noticed, by file, line, column and rule. */
  readonly diagnostics: readonly Diagnostic[];
  /** True when something is an error: then `objects` is empty. */
  readonly refused: boolean;
  /** The Kubernetes objects in printing order, made one instance at a time while they are read. */
  readonly objects: Iterable<JsonObject>;
  /** The same objects by what they belong to: namespaces and what passes through first, then instance by instance. */
  readonly groups: Iterable<ManifestGroup>;
}

export function render(files: readonly SourceFile[], options: RenderOptions = {}): RenderResult {
  const { diagnostics, refused, namespaces, passThrough, instances, resolved, objectsOf } = judged(read(files), options, 'applies');
  if (refused) return { diagnostics, refused, objects: [], groups: [] };
  const beside = [...namespaces.flatMap(({ objects }) => objects), ...passThrough];
  const groups = (): Generator<ManifestGroup> => written(beside, instances, resolved, objectsOf);
  return { diagnostics, refused, objects: ungrouped(groups()), groups: groups() };
}

/** A part of what is rendered, and the instance that asks for it. */
export interface RenderedPart {
  readonly instance: Instance;
  readonly objects: readonly JsonObject[];
}

export interface RenderedParts extends Omit<RenderResult, 'objects' | 'groups'> {
  /** Namespaces first, then instance after instance, each made while it is read; nothing of what passes through. */
  readonly parts: Iterable<RenderedPart>;
}

/** Renders what has been read elsewhere, and tells for which instance each object is. */
export function renderParts(input: ReadInput, options: RenderOptions = {}): RenderedParts {
  const { diagnostics, refused, namespaces, instances, resolved, objectsOf } = judged(input, options, 'applies');
  return { diagnostics, refused, parts: refused ? [] : parts() };

  function* parts(): Generator<RenderedPart> {
    for (const { asking, objects } of namespaces) yield { instance: asking.instance, objects: ordered(objects).map(canonical) };
    for (const [index, instance] of instances.entries()) yield { instance, objects: objectsOf(resolved[index] as Resolved).map(canonical) };
  }
}

/** What an input uses that a lock can pin. */
export interface Uses extends PackageUses {
  /** As of `render`, without what a new lock settles. */
  readonly diagnostics: readonly Diagnostic[];
  readonly refused: boolean;
  /** Each image that a container names without a digest, as it is rendered, with the first instance that runs it. */
  readonly images: ReadonlyMap<string, string>;
  /** The lock that is part of the input. */
  readonly lock: Lock | null;
}

/** Looks at the input as `render` does, as if there were no lock yet. */
export function usesOf(files: readonly SourceFile[], options: RenderOptions = {}): Uses {
  const { diagnostics, refused, instances, resolved, planOf, lock } = judged(read(files), options, 'is-renewed');
  const images = new Map<string, string>();
  if (!refused) for (const { image, instance } of unpinnedImages(resolved, planOf)) images.set(image, instance);
  return { diagnostics, refused, images, ...packageUses(refused ? [] : instances), lock };
}

interface Judged {
  readonly diagnostics: readonly Diagnostic[];
  readonly refused: boolean;
  /** The namespaces that instances ask for. */
  readonly namespaces: readonly ManagedNamespace[];
  readonly passThrough: readonly KubeObject[];
  readonly instances: readonly Instance[];
  readonly resolved: readonly Resolved[];
  readonly planOf: (instance: Resolved) => Plan;
  readonly objectsOf: (instance: Resolved) => readonly KubeObject[];
  readonly lock: Lock | null;
}

function read(files: readonly SourceFile[]): ReadInput {
  return { ...parseSources(files), wholeInput: wholeFile(files[0]?.name ?? '-') };
}

/** Of so many instances the plan and the objects are kept from where they are looked at to where they are written. */
const KEPT_INSTANCES = 20;

/** Everything up to the rules, for the input as a whole. */
function judged(parsed: ReadInput, options: RenderOptions, lockFile: 'applies' | 'is-renewed'): Judged {
  const { wholeInput } = parsed;
  const input = classify(parsed.objects);
  const diagnostics: Diagnostic[] = [...parsed.diagnostics, ...input.diagnostics];

  const defaultsSource = input.clusterDefaults;
  const defaultsProblems = defaultsSource === null ? [] : checkSchema(defaultsSource, 'OpenClawClusterDefaults');
  diagnostics.push(...defaultsProblems);
  const defaults = defaultsSource === null || hasErrors(defaultsProblems) ? undefined : clusterDefaultsOf(defaultsSource);

  const lockProblems = input.lock === null ? [] : checkSchema(input.lock, 'OpenClawLock');
  const packProblems = input.packs.flatMap((object) => checkSchema(object, 'OpenClawPack'));
  diagnostics.push(...lockProblems, ...packProblems);
  for (const object of input.parameters) diagnostics.push(...checkSchema(object, 'OpenClawRender'));
  const lockIsReadable = !hasErrors([...lockProblems, ...packProblems]);
  const lock = input.lock === null || !lockIsReadable ? null : lockOf(input.lock, input.packs);
  diagnostics.push(...checkPacks(lock, input.packs));

  const instances: Instance[] = [];
  for (const object of input.instances) {
    const problems = checkSchema(object, 'OpenClawInstance');
    diagnostics.push(...problems);
    if (!hasErrors(problems)) instances.push(instanceOf(object, defaults, options.namespace));
  }
  instances.sort(byNamespaceAndName);

  const companions = companionsOf(input.passThrough, options.namespace);
  const applied = lockFile === 'applies' ? lock : null;
  const resolved = instances.map((instance) => resolve(instance, companions, options, applied));
  instances.forEach((instance, index) => {
    diagnostics.push(
      ...checkRules({
        instance,
        resolved: resolved[index] as Resolved,
        companions,
        lock: applied,
        lockIsReadable,
        instances,
        passThrough: input.passThrough,
      }),
    );
  });
  diagnostics.push(
    ...checkInput({ wholeInput, input, instances, allowEmpty: options.allowEmpty ?? false, unreadable: hasErrors(parsed.diagnostics) }),
  );

  const planOf = memoOfFew(KEPT_INSTANCES, (instance: Resolved) => compose(instance, features));
  const objectsOf = memoOfFew(KEPT_INSTANCES, (instance: Resolved) => manifests(instance, companions, planOf(instance)));
  // A refused input has more urgent problems, and may be none that can be composed.
  const isSound = lockFile === 'applies' && !hasErrors(diagnostics);
  if (isSound) diagnostics.push(...checkLock({ wholeInput, lock, unpinned: unpinnedImages(resolved, planOf) }));
  const namespaces = isSound ? managedNamespaces(instances, (index) => objectsOf(resolved[index] as Resolved)) : [];
  diagnostics.push(...checkNamespaces(namespaces));

  const said = lockFile === 'applies' ? diagnostics : diagnostics.filter(({ rule }) => !SETTLED_BY_LOCK.has(rule));
  const sorted = sortDiagnostics(
    options.strict === true ? said.map((diagnostic) => ({ ...diagnostic, severity: 'error' as const })) : said,
  );
  const passThrough = input.passThrough.map((object) => object.value as unknown as KubeObject);
  const judgement = { diagnostics: sorted, refused: hasErrors(sorted) };
  return { ...judgement, namespaces, passThrough, instances, resolved, planOf, objectsOf, lock };
}

/** What stands beside the instances first - namespaces, what passes through -, then instance after instance. */
function* written(
  beside: readonly KubeObject[],
  instances: readonly Instance[],
  resolved: readonly Resolved[],
  objectsOf: Judged['objectsOf'],
): Generator<ManifestGroup> {
  yield { instance: null, objects: ordered(beside).map(canonical) };
  for (const [index, asked] of instances.entries()) {
    const { namespace, name } = asked;
    yield { instance: { namespace, name, asked }, objects: objectsOf(resolved[index] as Resolved).map(canonical) };
  }
}

function* ungrouped(groups: Iterable<ManifestGroup>): Generator<JsonObject> {
  for (const { objects } of groups) yield* objects;
}

/** Every image that is rendered without a digest, once, with the first instance that runs it. */
function* unpinnedImages(resolved: readonly Resolved[], planOf: Judged['planOf']): Generator<UnpinnedImage> {
  const seen = new Set<string>();
  for (const instance of resolved) {
    for (const image of planImages(planOf(instance))) {
      if (image.includes('@') || seen.has(image)) continue;
      seen.add(image);
      yield { image, instance: `${instance.namespace}/${instance.name}` };
    }
  }
}

/** The objects of one instance in printing order. */
export function manifests(resolved: Resolved, companions: Companions, plan = compose(resolved, features)): KubeObject[] {
  const objects = withoutMissing(hashed(build(plan), plan, companions), resolved.missingKinds);
  return ordered(objects).map(keptFromSubstitution);
}
