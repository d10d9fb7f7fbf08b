from datetime import date


class Coins:
    """Each point is a coin of its own, which lies in the purse, or is spent."""

    def __init__(self):
        self.purse = []  # (last day, lot)
        self.waiting = {}
        self.spent = {}  # spending: [coins], in the order in which they went
        self.debts = []  # spendings, one for each point owed
        self.lapsed = []

    def earn(self, number, points, last_day, waits):
        coins = [(last_day or date.max, number)] * points
        if waits:
            self.waiting[number] = coins
        else:
            self._bring(coins)

    def ripen(self, number):
        self._bring(self.waiting.pop(number, []))

    def _bring(self, coins):
        for coin in coins:
            if self.debts:
                self.debts.sort()
                self.spent[self.debts.pop(0)].append(coin)
            else:
                self.purse.append(coin)

    def spend(self, number, points):
        self.spent[number] = []
        for _point in range(points):
            if self.purse:
                self.purse.sort()
                self.spent[number].append(self.purse.pop(0))
            else:
                self.debts.append(number)

    def cancel(self, number):
        self.debts = [one for one in self.debts if one != number]
        self._bring(self.spent.pop(number, []))

    def take_back(self, number, earning, points):
        """Take coins of this earning, also those that have lapsed: they are gone but
        once; then those that lapse first, then owe."""
        self.spent[number] = []
        for _point in range(points):
            source, coins = self._find(earning)
            if coins:
                source.remove(min(coins))
                self.spent[number].append(min(coins))
            else:
                self.debts.append(number)

    def _find(self, earning):
        """Return where to take the next coin of this earning, and those to choose."""
        waiting = self.waiting.get(earning)
        if waiting:
            return waiting, waiting[-1:]
        for source in (self.purse, self.lapsed):
            own = [coin for coin in source if coin[1] == earning]
            if own:
                return source, own
        return self.purse, self.purse

    def lapse(self, today):
        """What lapses is gone for good."""
        self.lapsed += [coin for coin in self.purse if coin[0] < today]
        self.purse = [coin for coin in self.purse if coin[0] >= today]

    @property
    def balance(self):
        return len(self.purse) - len(self.debts)
