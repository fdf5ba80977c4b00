/** Origin that the instances with a configuration of their own allow. */
export const ALLOWED_ORIGIN = 'https://openclaw.example.com';
/** Allowed only after a change of the instance. */
export const LATER_ORIGIN = 'https://later.example.com';
