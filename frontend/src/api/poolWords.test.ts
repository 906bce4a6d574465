import { AuthError } from '@aws-amplify/auth';
import { describe, expect, it } from 'vitest';
import { inOurWords } from './poolWords';

const translated = (name: string, message = 'something in the pool’s own words') =>
  inOurWords(Promise.reject(new AuthError({ name, message })));

describe('what the user pool refuses', () => {
  it.each([
    ['NotAuthorizedException', 'Incorrect username or password.', /don’t belong together/],
    ['NotAuthorizedException', 'Password attempts exceeded', /Too many attempts/],
    ['NotAuthorizedException', 'Invalid session for the user.', /took too long/],
    [
      'NotAuthorizedException',
      'Temporary password has expired and must be reset by an administrator.',
      /ask for a new invitation/,
    ],
    ['NotAuthorizedException', 'User password cannot be reset in the current state.', /from the invitation/],
    ['NotAuthorizedException', 'SignUp is not permitted for this user pool', /Ask its owner/],
    ['UsernameExistsException', 'User already exists', /There is an account/],
    ['CodeMismatchException', 'Invalid verification code provided, please try again.', /code is not right/],
    ['ExpiredCodeException', 'Invalid code provided, please request a code again.', /ask for a new one/],
    ['LimitExceededException', 'Attempt limit exceeded, please try after some time.', /wait a while/],
    ['InvalidParameterException', 'Invalid email address format.', /no e-mail address/],
    ['SomethingNew', 'Nobody has seen this before.', /did not work/],
  ])('%s (%s) is said in words for people', async (name, message, words) => {
    await expect(translated(name, message)).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(words) as unknown,
    });
  });

  it('is told from a pool that can’t be reached', async () => {
    await expect(translated('NetworkError')).rejects.toMatchObject({ retryable: true });
    await expect(inOurWords(Promise.reject(new TypeError('fetch')))).rejects.toMatchObject({
      retryable: true,
    });
  });
});
