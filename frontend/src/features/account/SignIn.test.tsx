import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '@/api/problem';
import type { IdentitySettings } from '@/api/types';
import { aPool } from '@/testing/aPool';
import { presence, setPerson } from '@/api/person';
import { openSession } from '@/api/session';
import { SignIn } from './SignIn';

const pool = vi.hoisted(() => ({
  configure: vi.fn(),
  startSignIn: vi.fn(),
  startSignInByPasskey: vi.fn(),
  register: vi.fn(),
  confirm: vi.fn(),
  sendCodeAgain: vi.fn(),
  answer: vi.fn(),
  sendCode: vi.fn(),
  choosePassword: vi.fn(),
  currentSession: vi.fn(),
}));
vi.mock('@/api/cognito', () => pool);

const anna = { sub: 'anna', email: 'anna@example.org', admin: false };
const fill = async (label: string, text: string) => userEvent.type(await screen.findByLabelText(label), text);
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

describe('the dialog to sign in', () => {
  const onDone = vi.fn();
  const onTitle = vi.fn();

  beforeEach(() => {
    Object.values(pool).forEach((way) => way.mockReset().mockResolvedValue(undefined));
    pool.currentSession.mockResolvedValue({ token: 'fresh', person: anna });
    onDone.mockReset();
    onTitle.mockReset();
    setPerson(null);
    openSession(aPool);
  });

  const open = (news: Partial<IdentitySettings> = {}) =>
    render(
      <MantineProvider>
        <SignIn identity={{ ...aPool, ...news }} onTitle={onTitle} onDone={onDone} />
      </MantineProvider>,
    );

  async function startSignIn() {
    open();
    await fill('E-mail address', 'anna@example.org');
    await fill('Password', 'right horse');
    await press('Sign in');
  }

  it('asks for the code of the authenticator app where the account has one', async () => {
    pool.startSignIn.mockResolvedValue('code');
    pool.answer.mockResolvedValue('done');
    await startSignIn();
    await fill('Code from your authenticator app', '123456');
    await press('Go on');
    await vi.waitFor(() => {
      expect(onDone).toHaveBeenCalled();
    });
    expect(pool.answer).toHaveBeenCalledWith('123456');
    expect(presence.getState().person).toEqual(anna);
  });

  it('lets somebody who has forgotten the password choose a new one by a code', async () => {
    pool.startSignIn.mockResolvedValue('done');
    open();
    await press('Forgotten password');
    await fill('E-mail address', 'anna@example.org');
    await press('Send the code');
    await fill('Code from the e-mail', '654321');
    await fill('New password', 'correct Horse 1!');
    await press('Set the password');
    await vi.waitFor(() => {
      expect(onDone).toHaveBeenCalled();
    });
    expect(pool.sendCode).toHaveBeenCalledWith('anna@example.org');
    expect(pool.choosePassword).toHaveBeenCalledWith('anna@example.org', '654321', 'correct Horse 1!');
  });

  it('says what was wrong and lets one try again', async () => {
    pool.startSignIn.mockRejectedValueOnce(new Problem(400, 'That was not it.')).mockResolvedValue('done');
    await startSignIn();
    expect(await screen.findByRole('alert')).toHaveTextContent('That was not it.');
    await press('Sign in');
    await vi.waitFor(() => {
      expect(onDone).toHaveBeenCalled();
    });
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('makes an account, has its address confirmed and signs in, the password typed once', async () => {
    pool.startSignIn.mockResolvedValue('done');
    open();
    await press('New here? Create an account');
    expect(onTitle).toHaveBeenLastCalledWith('Create an account');
    await fill('E-mail address', 'anna@example.org');
    await fill('Password', 'correct Horse 1!');
    await press('Create the account');
    await fill('Code from the e-mail', '123456');
    await press('Confirm');
    await vi.waitFor(() => {
      expect(onDone).toHaveBeenCalled();
    });
    expect(pool.register).toHaveBeenCalledWith('anna@example.org', 'correct Horse 1!');
    expect(pool.confirm).toHaveBeenCalledWith('anna@example.org', '123456');
    expect(pool.startSignIn).toHaveBeenCalledWith('anna@example.org', 'correct Horse 1!');
  });

  it('goes on with the code where somebody signs in who never confirmed the address, and sends another', async () => {
    pool.startSignIn.mockResolvedValueOnce('confirm').mockResolvedValueOnce('done');
    await startSignIn();
    await userEvent.click(await screen.findByRole('button', { name: 'Send another code' }));
    expect(await screen.findByRole('status')).toHaveTextContent('Another code is on its way');
    expect(pool.sendCodeAgain).toHaveBeenCalledWith('anna@example.org');
    await fill('Code from the e-mail', '123456');
    await press('Confirm');
    await vi.waitFor(() => {
      expect(onDone).toHaveBeenCalled();
    });
  });

  it('says while a password is typed what it lacks, and doesn’t send it before it lacks nothing', async () => {
    open();
    await press('New here? Create an account');
    await fill('E-mail address', 'anna@example.org');
    const field = await screen.findByLabelText<HTMLInputElement>('Password');
    await userEvent.type(field, 'correct Horse');
    expect(field).toHaveAccessibleDescription(
      /small letter: there.*a digit: missing.*symbol, such as ! or -: missing/,
    );
    expect(field.validationMessage).toBe('Still missing: a digit, a symbol, such as ! or -.');
    await press('Create the account');
    expect(pool.register).not.toHaveBeenCalled();
    await userEvent.type(field, ' 1!');
    expect(field.validationMessage).toBe('');
  });

  it.each([
    ['open', true, false],
    ['invite', false, true],
    ['closed', false, false],
  ] as const)(
    'offers what a gallery that is %s to new people has for them',
    (sign_up, account, invitation) => {
      open({ sign_up });
      expect(screen.queryByRole('button', { name: /Create an account/ }) !== null).toBe(account);
      expect(screen.queryByText(/Ask the gallery’s owner for an invitation/) !== null).toBe(invitation);
    },
  );

  it('signs in by a passkey where the gallery takes them, by the address alone', async () => {
    pool.startSignInByPasskey.mockResolvedValue('done');
    open({ passkeys: true });
    await press('Sign in with a passkey');
    expect(pool.startSignInByPasskey).not.toHaveBeenCalled();
    await fill('E-mail address', 'anna@example.org');
    await press('Sign in with a passkey');
    await vi.waitFor(() => {
      expect(onDone).toHaveBeenCalled();
    });
    expect(pool.startSignInByPasskey).toHaveBeenCalledWith('anna@example.org');
  });

  it('offers no passkeys where the gallery takes none', () => {
    open();
    expect(screen.queryByRole('button', { name: /passkey/ })).toBeNull();
  });
});
