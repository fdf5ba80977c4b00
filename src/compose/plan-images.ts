import type { Plan } from './plan.ts';

/** The image references of every container of the plan, each once, in the order of the plan. */
export function planImages({ initContainers, containers, jobs }: Plan): string[] {
  const all = [...initContainers, ...containers, ...jobs.map(({ item }) => ({ item: item.container }))];
  return [...new Set(all.map(({ item }) => item.container.image ?? ''))].filter((image) => image !== '');
}
