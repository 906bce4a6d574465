import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '@/api/problem';
import { aPool } from '@/shared/account/aPool';
import { presence, greet } from '@/shared/account/person';
import { openSession } from '@/shared/account/session';
import { SignIn } from './SignIn';

const pool = vi.hoisted(() => ({
  configure: vi.fn(),
  enter: vi.fn(),
  answer: vi.fn(),
  sendCode: vi.fn(),
  choosePassword: vi.fn(),
  currentSession: vi.fn(),
}));
vi.mock('@/shared/account/cognito', () => pool);

const anna = { sub: 'anna', email: 'anna@example.org', admin: false };
const fill = async (label: string, text: string) => userEvent.type(await screen.findByLabelText(label), text);
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

describe('the dialog to sign in', () => {
  const onDone = vi.fn();

  beforeEach(() => {
    Object.values(pool).forEach((way) => way.mockReset());
    pool.currentSession.mockResolvedValue({ token: 'fresh', person: anna });
    onDone.mockReset();
    greet(null);
    openSession(aPool);
    render(
      <MantineProvider>
        <SignIn onDone={onDone} />
      </MantineProvider>,
    );
  });

  async function enter() {
    await fill('E-mail address', 'anna@example.org');
    await fill('Password', 'right horse');
    await press('Sign in');
  }

  it('asks for the code of the authenticator app where the account has one', async () => {
    pool.enter.mockResolvedValue('code');
    pool.answer.mockResolvedValue('done');
    await enter();
    await fill('Code from your authenticator app', '123456');
    await press('Go on');
    await vi.waitFor(() => {
      expect(onDone).toHaveBeenCalled();
    });
    expect(pool.answer).toHaveBeenCalledWith('123456');
    expect(presence.getState().person).toEqual(anna);
  });

  it('lets somebody who has forgotten the password choose a new one by a code', async () => {
    pool.enter.mockResolvedValue('done');
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
    pool.enter.mockRejectedValueOnce(new Problem(400, 'That was not it.')).mockResolvedValue('done');
    await enter();
    expect(await screen.findByRole('alert')).toHaveTextContent('That was not it.');
    await press('Sign in');
    await vi.waitFor(() => {
      expect(onDone).toHaveBeenCalled();
    });
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
