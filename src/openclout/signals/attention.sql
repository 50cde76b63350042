-- question: How large a share of their attention do people give it?
-- unit: people's whole attention        family: network        over: engagers
voices(ln(1 + acts) / given * pow(2, -age / 2))
