import { AmplifyError } from '@aws-amplify/core/internals/utils';
import { Problem } from '@/api/problem';

const NOT_TOGETHER = 'E-mail address and password don’t belong together, or the account is closed.';
const WRONG_CODE = 'The code is not right.';
const TOO_MANY = 'Too many attempts. Please wait a while and try again.';
const CANCELLED = 'No passkey was used. Try again, or go on with the password.';

/** What the pool or the browser says no with. */
const WORDS: Record<string, string> = {
  NotAuthorizedException: NOT_TOGETHER,
  UserNotFoundException: NOT_TOGETHER,
  UsernameExistsException:
    'There is an account with this e-mail address. Sign in, or ask for a new password if you have forgotten it.',
  InvalidPasswordException: 'The password doesn’t meet the rules.',
  CodeMismatchException: WRONG_CODE,
  EnableSoftwareTokenMFAException: WRONG_CODE,
  ExpiredCodeException: 'The code has expired. Please ask for a new one.',
  CodeDeliveryFailureException: 'The e-mail with the code could not be sent. Is the address right?',
  LimitExceededException: TOO_MANY,
  TooManyRequestsException: TOO_MANY,
  TooManyFailedAttemptsException: TOO_MANY,
  PasswordResetRequiredException: 'This account needs a new password first. Use “Forgotten password”.',
  PasskeyNotSupported: 'This browser or device has no passkeys.',
  PasskeyAlreadyExists: 'This device has a passkey for this account already.',
  PasskeyRegistrationCanceled: 'No passkey was added.',
  PasskeyAuthenticationCanceled: CANCELLED,
  PasskeyOperationAborted: CANCELLED,
  PasskeyRetrievalFailed: CANCELLED,
  WebAuthnNotEnabledException: 'This gallery takes no passkeys.',
};

/** The same where one name has several meanings, told apart by what comes with it. */
const SPECIAL_CASES: readonly (readonly [name: string, pattern: RegExp, words: string])[] = [
  ['NotAuthorizedException', /session/i, 'That took too long. Please sign in again.'],
  [
    'NotAuthorizedException',
    /temporary password has expired/i,
    'The password from the invitation has expired. Please ask for a new invitation.',
  ],
  ['NotAuthorizedException', /attempts exceeded/i, TOO_MANY],
  [
    'NotAuthorizedException',
    /cannot be reset/i,
    'This account has no password of its own yet. Sign in with the one from the invitation.',
  ],
  [
    'NotAuthorizedException',
    /sign-?up is not permitted/i,
    'This gallery takes nobody new by themselves. Ask its owner for an invitation.',
  ],
  [
    'InvalidParameterException',
    /no registered\/verified/i,
    'The address of this account was never confirmed, so it can’t be given a new password. Sign in with the first one.',
  ],
  ['InvalidParameterException', /email/i, 'That is no e-mail address.'],
];

/** Waits for the pool; what it refuses is a Problem in words for the person. */
export async function inOurWords<Result>(call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof AmplifyError) || error.name === 'NetworkError') throw Problem.unreachable();
    throw new Problem(400, wordsFor(error));
  }
}

function wordsFor({ name, message }: Error): string {
  const known = SPECIAL_CASES.find(([of, pattern]) => of === name && pattern.test(message));
  return known?.[2] ?? WORDS[name] ?? 'That did not work. Please try again.';
}
