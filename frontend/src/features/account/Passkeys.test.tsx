import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '@/api/problem';
import { aPool } from '@/testing/aPool';
import { openSession } from '@/api/session';
import { beginDialogs } from '@/shared/dialogs';
import { Passkeys } from './Passkeys';

const kept = vi.hoisted(() => ({ addPasskey: vi.fn(), listPasskeys: vi.fn(), removePasskey: vi.fn() }));
vi.mock('@/api/cognito', () => ({ configure: vi.fn() }));
vi.mock('@/api/passkeys', () => kept);

const phone = { id: 'p', name: 'Phone', added: new Date('2026-11-01') };
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

describe('the passkeys of an account', () => {
  beforeEach(() => {
    Object.values(kept).forEach((way) => way.mockReset());
    kept.listPasskeys.mockResolvedValue([]);
    openSession(aPool);
    beginDialogs();
    render(
      <MantineProvider>
        <QueryClientProvider client={new QueryClient()}>
          <ModalsProvider>
            <Passkeys />
          </ModalsProvider>
        </QueryClientProvider>
      </MantineProvider>,
    );
  });

  it('are listed with when they were added, a new one at once', async () => {
    kept.addPasskey.mockImplementation(() => {
      kept.listPasskeys.mockResolvedValue([phone]);
      return Promise.resolve();
    });
    await press('Add a passkey');
    const list = await screen.findByRole('list', { name: 'Your passkeys' });
    expect(await within(list).findByText(/added .*2026/)).toBeVisible();
    expect(list).toHaveTextContent(/^Phone added .*2026/);
  });

  it('say why none was added', async () => {
    kept.addPasskey.mockRejectedValue(new Problem(400, 'No passkey was added.'));
    await press('Add a passkey');
    expect(await screen.findByRole('alert')).toHaveTextContent('No passkey was added.');
  });

  it('are removed once that is confirmed', async () => {
    kept.addPasskey.mockResolvedValue(undefined);
    kept.listPasskeys.mockResolvedValue([phone]);
    await press('Add a passkey');
    await userEvent.click(await screen.findByRole('button', { name: 'Remove Phone' }));
    expect(kept.removePasskey).not.toHaveBeenCalled();
    const question = await screen.findByRole('dialog', { name: 'Remove this passkey?' });
    await userEvent.click(within(question).getByRole('button', { name: 'Remove' }));
    await vi.waitFor(() => {
      expect(kept.removePasskey).toHaveBeenCalledWith('p');
    });
  });
});
