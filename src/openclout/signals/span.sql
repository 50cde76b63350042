-- question: For how long did its people keep acting, from the first act to the last?
-- unit: people's quarters of the window        family: amplification        over: engagers
voices((first - age))
