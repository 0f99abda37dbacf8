"""The calendar (日历), a view of the trips: a month or a week, painted, walked by keys, dragged to postpone."""
