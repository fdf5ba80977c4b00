/** How long the pod may take to end: a turn that is under way is finished first, which takes up to 315 seconds. */
export const TERMINATION_GRACE_SECONDS = 330;
