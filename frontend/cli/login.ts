import { answer, startSignIn, type NextStep } from '@/api/cognito';
import { expectData } from '@/api/answers';
import { Problem } from '@/api/problem';
import { EXIT, UsageError } from './exits';
import type { Gallery } from './gallery';
import type { Prompt } from './prompt';
import type { Session } from './session';
import type { Terminal } from './terminal';

/** Signs somebody in; the password never leaves this machine (secure remote password). Returns the exit code. */
export async function login(
  gallery: Gallery,
  terminal: Terminal,
  session: Session,
  prompt: Prompt,
  address: string | undefined,
): Promise<number> {
  const { identity } = await gallery.withRetry(() => expectData(gallery.api.GET('/api/settings')));
  if (identity === null) throw new Problem(403, 'Nobody can sign in to this gallery.');
  const email = address ?? (await prompt.ask('E-mail address: '));
  if (email === '') throw new UsageError('Who signs in?');
  session.begin(identity);
  const known = await signIn(email, session, prompt).catch((error: unknown) => {
    // What the pool refuses is no wrong usage.
    throw error instanceof Problem && error.status === 400 ? new Problem(403, error.message) : error;
  });
  await terminal.result({ signed_in: known || email }, `Signed in as ${known || email}.`);
  return EXIT.done;
}

async function signIn(email: string, session: Session, prompt: Prompt): Promise<string> {
  let step = await startSignIn(email, await prompt.askSecretly('Password: '));
  while (step !== 'done') step = await goOn(step, prompt);
  return session.complete();
}

async function goOn(step: NextStep, prompt: Prompt): Promise<NextStep> {
  switch (step) {
    case 'new-password':
      return answer(await prompt.askSecretly('The password from the invitation works once. A new one: '));
    case 'code':
      return answer(await prompt.ask('Code from your authenticator app: '));
    default:
      throw new Problem(
        403,
        'This account has something to confirm first: sign in once on the gallery’s page.',
      );
  }
}

/** Signs out. Returns the exit code. */
export async function logout(terminal: Terminal, session: Session): Promise<number> {
  const there = await session.end();
  await terminal.result({ signed_out: there }, there ? 'Signed out.' : 'Nobody was signed in.');
  return EXIT.done;
}
