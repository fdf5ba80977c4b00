/** The web terminal of the case of that name, and its login. */
export const TERMINAL_PORT = 7681;
export const TERMINAL_LOGIN = { username: 'ada', password: 'correct horse' };
export const BASIC = Buffer.from(`${TERMINAL_LOGIN.username}:${TERMINAL_LOGIN.password}`).toString('base64');
export const SIGNED_IN = { Authorization: `Basic ${BASIC}`, Host: `localhost:${TERMINAL_PORT}` };
