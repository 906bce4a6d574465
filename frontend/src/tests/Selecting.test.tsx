import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { anImage } from '@/testing/anImage';
import { serve } from '@/testing/aGallery';
import { App } from '@/app/App';

const NAMES = ['ant', 'bee', 'cat', 'dog', 'elk'];
const pictures = NAMES.map((name, turn) =>
  anImage({ id: `01KAGVQ2W3M8Y6Z5T4R7N9P0X${9 - turn}`, title: name, filename: `${name}.jpg` }),
);

const box = (name: string) => screen.getByRole('checkbox', { name: `Select ${name}` });
const link = (name: string) => screen.getByRole('link', { name });
const selected = () => NAMES.filter((name) => (box(name) as HTMLInputElement).checked);

describe('selecting in the grid', () => {
  const user = userEvent.setup();

  beforeEach(async () => {
    vi.spyOn(window, 'scrollTo').mockReturnValue();
    serve(pictures);
    window.history.pushState(null, '', '/?view=grid');
    render(<App />);
    await screen.findByRole('list', { name: 'Pictures' });
  });

  it('begins at a mark; then a click selects, with Shift all in between', async () => {
    await user.click(box('ant'));
    expect(await screen.findByText('1 selected')).toBeVisible();
    await user.click(link('cat'));
    await user.keyboard('{Shift>}');
    await user.click(link('elk'));
    await user.keyboard('{/Shift}');
    expect(selected()).toEqual(['ant', 'cat', 'dog', 'elk']);
    expect(window.location.pathname).toBe('/');
  });

  it('is done by keyboard: arrows, x, Shift and x, Ctrl and A, Escape', async () => {
    link('ant').focus();
    await user.keyboard('{ArrowRight}x');
    expect(selected()).toEqual(['bee']);
    await user.keyboard('{ArrowRight}{ArrowRight}{Shift>}x{/Shift}');
    expect(selected()).toEqual(['bee', 'cat', 'dog']);
    await user.keyboard('{Control>}a{/Control}');
    expect(selected()).toEqual(NAMES);
    await user.keyboard('{Escape}');
    expect(selected()).toEqual([]);
    expect(link('dog')).toHaveFocus();
  });

  it('begins with a finger that rests on a picture', async () => {
    fireEvent.pointerDown(link('bee'), { pointerType: 'touch' });
    await waitFor(() => expect(box('bee')).toBeChecked());
    fireEvent.click(link('bee'));
    expect(selected()).toEqual(['bee']);
    expect(window.location.pathname).toBe('/');
  });

  it('opens a picture where nothing is selected', async () => {
    await user.click(link('bee'));
    expect(await screen.findByRole('dialog', { name: 'bee' })).toBeInTheDocument();
    expect(selected()).toEqual([]);
  });

  it('leaves the focus on the pictures once the bar is gone', async () => {
    await user.click(box('ant'));
    const bar = await screen.findByRole('region', { name: 'Selected pictures' });
    await user.click(within(bar).getByRole('button', { name: 'Select none' }));
    expect(selected()).toEqual([]);
    expect(document.body).not.toHaveFocus();
  });
});
