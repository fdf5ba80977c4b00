/** What `adopt` does once there are manifests: looks, plans, and does phase after phase until nothing is left. */
import { cluster as connect, type Cluster } from '../../adapters/cluster.ts';
import type { ClusterSettings } from '../../adapters/kubeconfig.ts';
import { RemoteError } from '../../adapters/remote-error.ts';
import type { Adoption, Observed, Plan } from '../../adopt/observed.ts';
import { adoptionPlan } from '../../adopt/plan.ts';
import { firstPhase, stepText, type Step } from '../../adopt/step.ts';
import { undoPlan } from '../../adopt/undo-plan.ts';
import type { KubeObject } from '../../kube/types.ts';
import { act } from './act.ts';
import { observe } from './observe.ts';
import { refusals } from './refusals.ts';

/** An instance and what is rendered for it. */
export interface Candidate {
  readonly adoption: Adoption;
  readonly manifests: readonly KubeObject[];
}

export interface AdoptRequest {
  readonly cluster: ClusterSettings;
  readonly candidates: readonly Candidate[];
  readonly mode: 'plan' | 'check' | 'apply';
  readonly undoes: boolean;
  readonly say: (text: string) => void;
}

/** So often the same phase may begin anew because somebody else was faster. */
const MOST_TRIES = 5;

export interface AdoptOutcome {
  /** True when every instance is as it was asked for, or can be made so. */
  readonly isGood: boolean;
  /** What the cluster or the way to it ended it with. */
  readonly problem: string | null;
}

export async function adoptInstances(request: AdoptRequest): Promise<AdoptOutcome> {
  try {
    return { isGood: await allAdopted(request), problem: null };
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    return { isGood: false, problem: `${error.service} ${error.message}` };
  }
}

async function allAdopted({ cluster: settings, candidates, mode, undoes, say }: AdoptRequest): Promise<boolean> {
  const cluster = connect(settings);
  try {
    let isGood = true;
    for (const candidate of candidates) {
      const { namespace, name } = candidate.adoption;
      say(`${namespace}/${name} in context "${cluster.context}"\n`);
      const isDone = mode === 'apply' ? await carriedOut(cluster, candidate, undoes, say) : await shown(cluster, candidate, undoes, say);
      isGood &&= isDone === 'nothing to do' || (isDone === 'can be done' && mode === 'plan');
    }
    return isGood;
  } finally {
    cluster.close();
  }
}

type Outcome = 'nothing to do' | 'can be done' | 'refused';

interface Look {
  readonly observed: Observed;
  readonly plan: Plan;
}

async function look(cluster: Cluster, { adoption, manifests }: Candidate, undoes: boolean): Promise<Look> {
  const observed = await observe(cluster, adoption, manifests, !undoes);
  return { observed, plan: undoes ? undoPlan(observed, adoption) : adoptionPlan(observed, adoption) };
}

/** The first look asks of every step whether it would be let, so that none is found to be forbidden halfway. */
async function firstLook(cluster: Cluster, candidate: Candidate, undoes: boolean): Promise<Look> {
  const { observed, plan } = await look(cluster, candidate, undoes);
  if (plan.problems.length > 0) return { observed, plan };
  return { observed, plan: { ...plan, problems: await refusals(cluster, plan.steps, observed, candidate.adoption) } };
}

async function shown(cluster: Cluster, candidate: Candidate, undoes: boolean, say: AdoptRequest['say']): Promise<Outcome> {
  const { steps, problems, notes } = (await firstLook(cluster, candidate, undoes)).plan;
  for (const [index, step] of steps.entries()) say(`  ${String(index + 1).padStart(3)}  ${stepText(step)}\n`);
  if (steps.length === 0 && problems.length === 0) say('  nothing is left to do\n');
  sayBesides(problems, notes, say);
  return problems.length > 0 ? 'refused' : steps.length === 0 ? 'nothing to do' : 'can be done';
}

async function carriedOut(cluster: Cluster, candidate: Candidate, undoes: boolean, say: AdoptRequest['say']): Promise<Outcome> {
  let tries = 0;
  let phaseBefore: Step['type'] | null = null;
  for (;;) {
    const seen: Look = phaseBefore === null ? await firstLook(cluster, candidate, undoes) : await look(cluster, candidate, undoes);
    const { problems, steps, notes } = seen.plan;
    const [first] = steps;
    if (problems.length > 0 || first === undefined) {
      if (problems.length === 0) say('  nothing is left to do\n');
      sayBesides(problems, notes, say);
      return problems.length > 0 ? 'refused' : 'nothing to do';
    }
    tries = first.type === phaseBefore ? tries + 1 : 1;
    if (tries > MOST_TRIES) {
      sayBesides([`"${stepText(first)}" does not last: somebody else undoes it; stop what else writes this instance`], notes, say);
      return 'refused';
    }
    phaseBefore = first.type;
    if (await phaseDone(cluster, firstPhase(steps), seen.observed, candidate.adoption, say)) {
      sayBesides([], notes, say);
      return 'nothing to do';
    }
  }
}

/** True once the last step of all is done, after which nothing is left to look at. */
async function phaseDone(
  cluster: Cluster,
  steps: readonly Step[],
  observed: Observed,
  adoption: Adoption,
  say: AdoptRequest['say'],
): Promise<boolean> {
  for (const step of steps) {
    try {
      await act(cluster, step, observed, adoption);
    } catch (error) {
      if (error instanceof RemoteError && error.status === 409) return false;
      throw error;
    }
    say(`  done: ${stepText(step)}\n`);
    if (step.type === 'forget') return true;
  }
  return false;
}

function sayBesides(problems: readonly string[], notes: readonly string[], say: AdoptRequest['say']): void {
  for (const note of notes) say(`  note: ${note}\n`);
  for (const problem of problems) say(`  refused: ${problem}\n`);
}
